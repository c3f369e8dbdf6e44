using System.Globalization;
using GraphOrder.Cli.Tests;

namespace GraphOrder.Fleet.Tests.Clusters;

/// <summary>
/// Silos that meet in Redis, each a process of its own, and a program that counts the updates it has made:
/// the same words twice are one update.
/// </summary>
internal sealed class RedisFleet : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<FleetProcess> _silos = [];
    private readonly string _program;
    private int _siloCount;

    public RedisFleet(double seconds)
    {
        Redis = RedisServer.Run();
        Directory.CreateDirectory(_scratch.File("updates"));
        // Making a folder is what one of two can do.
        _program = _scratch.Write("update", $"""
            #!/bin/sh
            order={_scratch.Folder}/updates/$(echo "$1 $2 $3" | tr '/ ' '__')
            if mkdir "$order" 2>/dev/null; then
                sleep {seconds.ToString(CultureInfo.InvariantCulture)}
                : > "$order/done"
            else
                while [ ! -e "$order/done" ]; do sleep 0.05; [ $((i += 1)) -lt 400 ] || exit 1; done
            fi

            """);
        File.SetUnixFileMode(
            _program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Asker = new FleetAsker("--redis", Address(Redis.Port));
    }

    /// <summary>Where they meet.</summary>
    public RedisServer Redis { get; }

    /// <summary>Asks them.</summary>
    public FleetAsker Asker { get; }

    /// <summary>The silos that run.</summary>
    public IReadOnlyList<FleetProcess> Silos => _silos;

    /// <summary>The words of the updates that were made.</summary>
    public string[] Updates => [.. Directory.EnumerateDirectories(_scratch.File("updates")).Select(Path.GetFileName)!];

    /// <summary>The files of events, of silos that run and of those that ended.</summary>
    public IEnumerable<string> Events =>
        Directory.EnumerateFiles(_scratch.Folder, "events.jsonl", SearchOption.AllDirectories);

    /// <summary>
    /// Starts silos as on machines of their own, and waits until they are ready: each has an address, and all
    /// have the same ports.
    /// </summary>
    public void StartApart(int count)
    {
        string[] ports = FleetProcess.Ports(FreePort.Next(), FreePort.Next());
        Ready(Enumerable.Range(2, count).Select(number => Start(
            new Dictionary<string, string>
            {
                ["Orleans__Endpoints__AdvertisedIPAddress"] =
                    string.Create(CultureInfo.InvariantCulture, $"127.0.0.{number}"),
            },
            Redis.Port,
            ports)));
    }

    /// <summary>Starts silos and waits until they are ready.</summary>
    /// <param name="count">How many.</param>
    /// <param name="redis">By which port they reach Redis; null for its own.</param>
    public void Start(int count, int? redis = null) =>
        Ready(Enumerable.Range(0, count).Select(_ => Start(null, redis ?? Redis.Port, [])));

    /// <summary>Ends a silo as a crash does.</summary>
    public void Kill(int silo)
    {
        _silos[silo].Dispose();
        _silos.RemoveAt(silo);
    }

    /// <summary>Makes hosts and plans them.</summary>
    public void Plan(int hosts, int domains)
    {
        string folder = _scratch.File("hosts");
        FleetTool.Run(
            "sample", folder,
            "--hosts", hosts.ToString(CultureInfo.InvariantCulture),
            "--domains", domains.ToString(CultureInfo.InvariantCulture));
        string told = Asker.Ask("plan", "--hosts", folder).Output;
        Assert.That(told, Does.Match($"^\\d+ of {hosts} hosts can be updated"));
    }

    public void Dispose()
    {
        foreach (FleetProcess silo in _silos)
        {
            silo.Dispose();
        }

        Redis.Dispose();
        _scratch.Dispose();
    }

    private FleetProcess Start(Dictionary<string, string>? environment, int redis, string[] ports) =>
        FleetProcess.Start(
            environment,
            [
                "silo", "--redis", Address(redis), "--run", _program, "--state",
                _scratch.File(string.Create(CultureInfo.InvariantCulture, $"silo-{_siloCount++}")), .. ports,
            ]);

    private void Ready(IEnumerable<FleetProcess> silos)
    {
        FleetProcess[] started = [.. silos];
        _silos.AddRange(started);
        foreach (FleetProcess silo in started)
        {
            silo.Ready();
        }
    }

    private static string Address(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},abortConnect=false");
}
