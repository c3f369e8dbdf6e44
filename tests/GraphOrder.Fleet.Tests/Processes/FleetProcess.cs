using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GraphOrder.Fleet.Tests;

/// <summary>A silo that runs: a whole fleet (<c>--local</c>), or one of several.</summary>
internal sealed class FleetProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FleetProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it answers commands.</summary>
    public int Port { get; }

    /// <summary>What it has said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts it; <see cref="Ready"/> waits for it.</summary>
    /// <param name="environment">What it finds there beside.</param>
    /// <param name="arguments">What it is called with; where no port is named, it gets free ones.</param>
    public static FleetProcess Start(
        IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        int named = Array.IndexOf(arguments, "--port") + 1;
        int port = named > 0 ? int.Parse(arguments[named], CultureInfo.InvariantCulture) : FreePort.Next();
        // It looks often, so that a test takes seconds; who is silent is found dead soon.
        Dictionary<string, string> quick = new()
        {
            ["Fleet__Rollouts__Turn"] = "00:00:00.100",
            ["Fleet__Rollouts__AskAgain"] = "00:00:02",
            ["Fleet__Rollouts__TellAgain"] = "00:00:01",
            ["Orleans__Membership__ProbeTimeout"] = "00:00:01",
            ["Orleans__Membership__NumMissedProbesLimit"] = "3",
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            quick[name] = value;
        }

        return new FleetProcess(
            FleetTool.Start(quick, named > 0 ? arguments : [.. arguments, .. Ports(port, FreePort.Next())]),
            port);
    }

    /// <summary>The options that say where a silo listens.</summary>
    public static string[] Ports(int port, int siloPort) =>
    [
        "--port", port.ToString(CultureInfo.InvariantCulture),
        "--silo-port", siloPort.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Waits until it is ready.</summary>
    public FleetProcess Ready()
    {
        Task.WaitAny([_ready.Task, _process.WaitForExitAsync()], Patience);
        if (!_ready.Task.IsCompleted)
        {
            Dispose();
            Assert.Fail(Said);
        }

        return this;
    }

    /// <summary>Ends it as a crash does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends Ctrl+C, and waits for its end.</summary>
    public int Interrupt()
    {
        using Process kill = Process.Start(
            "kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.That(_process.WaitForExit(Patience), Is.True, Said);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line.Contains("Ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
