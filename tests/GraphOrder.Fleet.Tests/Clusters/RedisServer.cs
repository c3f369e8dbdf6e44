using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GraphOrder.Cli.Tests;

namespace GraphOrder.Fleet.Tests.Clusters;

/// <summary>A real Redis on loopback, with its append-only file.</summary>
internal sealed class RedisServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Scratch _scratch = new();
    private Process? _process;

    /// <summary>Its port.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Starts one, or skips the test where there is none.</summary>
    public static RedisServer Run()
    {
        RedisServer server = new();
        server.Start();
        return server;
    }

    /// <summary>Starts it with what its file holds.</summary>
    public void Start()
    {
        ProcessStartInfo start = new(
            "redis-server",
            [
                "--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--dir", _scratch.Folder, "--daemonize", "no",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("redis-server is not installed");
        }

        _process!.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Stopwatch waited = Stopwatch.StartNew();
        while (!Answers())
        {
            Assert.That(waited.Elapsed, Is.LessThan(Patience), "Redis answers");
            Thread.Sleep(20);
        }
    }

    /// <summary>Ends it as a crash does.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    public void Dispose()
    {
        Kill();
        _scratch.Dispose();
    }

    private bool Answers()
    {
        using TcpClient client = new();
        try
        {
            client.Connect("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
