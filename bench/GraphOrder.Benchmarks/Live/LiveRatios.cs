using System.Diagnostics;
using System.Runtime.InteropServices;
using GraphOrder.Benchmarks.Graphs;
using GraphOrder.Benchmarks.PageTables;

namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// What it costs to keep an order, as ratios of one run: arcs one by one beside Pearce and Kelly's algorithm
/// in C++, one after the other in each round; and a guest that comes and goes on a small host beside a large
/// one, in turn. What is printed are medians, and in brackets the 95 % interval of that of the ratios.
/// </summary>
internal static class LiveRatios
{
    private const string Library = "limits";
    private const int WarmUps = 3;

    /// <summary>Runs with <c>--live-ratios LIBRARY [ROUNDS [WHAT]]</c>; WHAT is arcs, far, vms,
    /// frozen or plan.</summary>
    public static int Run(string[] args)
    {
        Limits.Load(Path.GetFullPath(args[1]));
        int rounds = args.Length > 2 ? int.Parse(args[2], null) : 31;
        string what = args.Length > 3 ? args[3] : "all";
        bool isAlike = true;
        if (what is "all" or "arcs")
        {
            isAlike &= Arcs(ArcStream.Host(10_000), rounds);
        }

        if (what is "all" or "far")
        {
            Alone(ArcStream.Layered(1_000_000, 10));
            Alone(ArcStream.Layered(1_000_000, 100));
            Alone(ArcStream.Chain(1_000_000));
        }

        if (what is "all" or "vms")
        {
            Vms(rounds, isNewest: true);
            Vms(rounds, isNewest: false);
        }

        if (what is "all" or "frozen")
        {
            Snapshots();
        }

        if (what is "all" or "plan")
        {
            LiveStates.Run(rounds);
        }

        return isAlike ? 0 : 1;
    }

    private static bool Arcs(ArcStream arcs, int rounds)
    {
        Samples ours = new();
        Samples theirs = new();
        Samples ratios = new();
        bool isAlike = true;
        for (int round = -WarmUps; round < rounds; round++)
        {
            double native = PearceKelly(arcs, long.MaxValue, out _, out int refused);
            (double managed, _, int refusedToo) = Add(arcs, isTimed: false);
            isAlike &= refused == refusedToo;
            if (round >= 0)
            {
                ours.Add(managed);
                theirs.Add(native);
                ratios.Add(managed / native);
            }
        }

        Console.WriteLine(
            $"{arcs.Name}: {arcs.Firsts.Length:N0} arcs, {rounds} rounds: ours {ours.Median:f1} ns, "
            + $"Pearce-Kelly in C++ {theirs.Median:f1} ns an arc, ratio {ratios}"
            + $"{(isAlike ? "" : "  REFUSALS DIFFER")}");
        return isAlike;
    }

    // Pearce and Kelly's algorithm does not come to an end here, so it gets ten seconds. The slowest of one
    // round may be the scheduler's, so the best of three is told.
    private static void Alone(ArcStream arcs)
    {
        const long seconds = 10;
        Samples all = new();
        Samples slowest = new();
        for (int round = 0; round < 3; round++)
        {
            (double average, double most, _) = Add(arcs, isTimed: true);
            all.Add(average);
            slowest.Add(most);
        }

        double native = PearceKelly(
            arcs, seconds * 1_000_000_000, out (int Added, double Slowest) told, out _);
        Console.WriteLine(
            $"{arcs.Name}: {arcs.Firsts.Length:N0} arcs: ours {all.Median:f0} ns an arc, slowest "
            + $"{slowest.Min / 1e6:f2} ms; Pearce-Kelly in C++ {native:f0} ns over the first "
            + $"{told.Added:N0}, slowest {told.Slowest / 1e6:f1} ms");
    }

    private static (double Average, double Slowest, int Refused) Add(ArcStream arcs, bool isTimed)
    {
        IncrementalOrder order = new();
        for (int vertex = 0; vertex < arcs.VertexCount; vertex++)
        {
            order.AddVertex();
        }

        int refused = 0;
        long slowest = 0;
        long start = Stopwatch.GetTimestamp();
        long last = start;
        for (int arc = 0; arc < arcs.Firsts.Length; arc++)
        {
            refused += order.TryAddArc(arcs.Firsts[arc], arcs.Thens[arc], out _) ? 0 : 1;
            if (isTimed)
            {
                long now = Stopwatch.GetTimestamp();
                slowest = Math.Max(slowest, now - last);
                last = now;
            }
        }

        double scale = 1e9 / Stopwatch.Frequency;
        double average = (Stopwatch.GetTimestamp() - start) * scale / arcs.Firsts.Length;
        return (average, slowest * scale, refused);
    }

    // In turn, so that both see the same machine. The newest guest is in cache; any other is not.
    private static void Vms(int rounds, bool isNewest)
    {
        const int turnsPerRound = 100;
        HostOfVms[] hosts = [new(100), new(10_000)];
        Samples[] arrive = [new(), new()];
        Samples[] leave = [new(), new()];
        Random random = new(5);
        long allocated = 0;
        for (int turn = -20 * turnsPerRound; turn < rounds * turnsPerRound; turn++)
        {
            for (int i = 0; i < hosts.Length; i++)
            {
                int place = isNewest ? hosts[i].VmCount - 1 : random.Next(hosts[i].VmCount);
                long before = GC.GetAllocatedBytesForCurrentThread();
                double left = Time(() => hosts[i].Leave(place));
                double arrived = Time(hosts[i].Arrive);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (turn >= 0)
                {
                    leave[i].Add(left);
                    arrive[i].Add(arrived);
                }
            }
        }

        Console.WriteLine(
            $"a guest of {HostOfVms.ObjectsPerVm} objects and {HostOfVms.DependenciesPerVm} dependencies, "
            + $"{(isNewest ? "the newest" : "any")} leaves: {Told("arrives", arrive)}; "
            + $"{Told("leaves", leave)}; {allocated} bytes for both");
    }

    internal static string Told(string what, Samples[] times)
    {
        Samples ratios = new();
        for (int turn = 0; turn < times[0].Count; turn++)
        {
            ratios.Add(times[1][turn] / times[0][turn]);
        }

        return $"{what} in {times[0].Median:f1} us among 100, "
            + $"{times[1].Median:f1} us among 10,000, ratio {ratios}";
    }

    private static void Snapshots()
    {
        const int warmUps = 10;
        long before = GC.GetTotalMemory(true);
        HostOfVms host = new(10_000);
        long bytes = GC.GetTotalMemory(true) - before;
        Console.WriteLine(
            $"a live graph of {host.VmCount:N0} guests: {bytes / host.VmCount:N0} bytes a guest");
        SessionSet set = host.Live.Snapshot().Set;
        Samples arrived = new();
        Samples left = new();
        Samples built = new();
        for (int round = -warmUps; round < 15; round++)
        {
            host.Arrive();
            double afterArrival = Time(() => host.Live.Snapshot());
            host.Leave(host.VmCount / 2);
            double afterLeaving = Time(() => host.Live.Snapshot());
            double anew = Time(() => DependencyGraph.Of(set));
            if (round >= 0)
            {
                arrived.Add(afterArrival);
                left.Add(afterLeaving);
                built.Add(anew);
            }
        }

        double again = Time(() => host.Live.Snapshot());
        Console.WriteLine(
            $"frozen graph of 10,000 guests: {arrived.Median / 1e3:f1} ms after one has come, "
            + $"{left.Median / 1e3:f1} ms after one has left, {again / 1e3:f3} ms after nothing; "
            + $"the graph of a set that is there already {built.Median / 1e3:f1} ms");
    }

    internal static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency;
    }

    private static unsafe double PearceKelly(
        ArcStream arcs, long nanosecondsMax, out (int Added, double Slowest) told, out int refused)
    {
        fixed (int* firsts = arcs.Firsts, thens = arcs.Thens)
        {
            int added = PearceKelly(
                firsts, thens, arcs.Firsts.Length, arcs.VertexCount,
                nanosecondsMax == long.MaxValue ? ulong.MaxValue : (ulong)nanosecondsMax,
                out ulong nanoseconds, out ulong slowest, out refused);
            told = (added, slowest);
            return (double)nanoseconds / added;
        }
    }

    [DllImport(Library, EntryPoint = "limits_pearce_kelly")]
    private static extern unsafe int PearceKelly(
        int* firsts, int* thens, int arcs, int vertices, ulong nanosecondsMax, out ulong nanoseconds,
        out ulong slowest, out int refused);
}
