using System.Diagnostics;
using GraphOrder.Benchmarks.Graphs;

namespace GraphOrder.Benchmarks.Peers;

/// <summary>
/// A process that answers lines of standard input for a library of .NET, as the programs of
/// <c>bench/peers</c> do for others: <c>build</c> with nanoseconds, <c>order</c> with nanoseconds, how many
/// vertices were ordered and how many arcs the order keeps.
/// </summary>
internal static class PeerRun
{
    private const int WarmUps = 60;
    private const int WarmUpVms = 50;

    /// <summary>Runs with <c>--peer ours|quikgraph FILE</c> until standard input ends.</summary>
    public static int Run(string name, string path)
    {
        IPeer peer = name switch
        {
            "ours" => new OurPeer(),
            "quikgraph" => new QuikGraphPeer(),
            _ => throw new ArgumentException($"There is no peer '{name}'. Known: ours, quikgraph."),
        };
        WarmUp(peer);
        ArcStream arcs = ArcStream.Read(path);
        Console.WriteLine($"ready {peer.Name}, .NET {Environment.Version}");
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(line switch
            {
                "build" => Build(peer, arcs),
                "order" => Order(peer, arcs),
                _ => $"error: there is no '{line}'",
            });
        }

        return 0;
    }

    private static string Build(IPeer peer, ArcStream arcs)
    {
        peer.Clear();
        GC.Collect();
        return $"{Time(() => peer.Build(arcs))}";
    }

    private static string Order(IPeer peer, ArcStream arcs)
    {
        GC.Collect();
        long nanoseconds = Time(peer.Order);
        (int vertices, int kept) = arcs.Kept(peer.Sequence());
        return $"{nanoseconds} {vertices} {kept}";
    }

    // Until the compiler has seen every method often enough to compile it for good, which it does on another
    // thread.
    private static void WarmUp(IPeer peer)
    {
        ArcStream small = ArcStream.Host(WarmUpVms);
        for (int i = 0; i < WarmUps; i++)
        {
            peer.Build(small);
            peer.Order();
            Thread.Sleep(5);
        }
    }

    private static long Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).Ticks * TimeSpan.NanosecondsPerTick;
    }
}
