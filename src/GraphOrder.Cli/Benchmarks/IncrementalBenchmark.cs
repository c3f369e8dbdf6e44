using System.Diagnostics;

namespace GraphOrder.Cli;

/// <summary>
/// Times guests that come and go on a live graph beside QuikGraph, which sorts again after each change.
/// Used once.
/// </summary>
internal sealed class IncrementalBenchmark(GraphBenchmarkInput input, CancellationToken cancellation)
{
    private const string SortedAgain = "QuikGraph: again";
    private const string SortedOnce = "QuikGraph: all once";
    private const int FillRounds = 7;
    private const ulong Stride = 2_654_435_761;

    private readonly Guests _guests = new(input.Graph);

    // So that no work can be left out.
    private int _ordered;

    /// <summary>Lets guests come and go.</summary>
    public GraphBenchmarkResult Run()
    {
        LiveHost live = Filled(new LiveHost(_guests, input.Kernels));
        SortedHost sorted = Filled(new SortedHost(input, _guests));
        int liveTurn = 0;
        int sortedTurn = 0;
        Rounds timed = new(cancellation);
        timed.Add(SortedAgain, () => Turn(sorted, GuestOf(sortedTurn++)));
        timed.Add("kept orders", () => Turn(live, GuestOf(liveTurn++)));
        timed.Add(SortedOnce, () => _ordered = Filled(new SortedHost(input, _guests)).Sort(), FillRounds, 2);
        timed.Add("one by one", () => _ordered = Filled(new LiveHost(_guests, input.Kernels)).DependencyCount,
            FillRounds, 2);
        List<Measured> measured = timed.Run(input.Rounds);
        Expect(live, sorted);
        DependencyGraph graph = input.Graph;
        (double objects, double dependencies, double sortedOnes) = MovedInTurn();
        string guest = _guests.AreSessions ? "session" : "file";
        return new("incremental", input,
        [
            new(measured[0], SortedAgain, objects, sortedOnes),
            new(measured[1], SortedAgain, objects, dependencies),
            new(measured[2], SortedOnce, graph.ObjectCount, input.SortedCount),
            new(measured[3], SortedOnce, graph.ObjectCount, graph.DependencyCount),
        ],
        [
            ("MEASURED", $"kept orders: a {guest} leaves with all that is in it and comes back, another each "
                + "round; the orders of all phases are kept, and each change is judged. again: the same in "
                + "QuikGraph, with one topological sort after either, by the dependencies of "
                + $"{input.SortedPhase.Name()} alone ({input.SortedCount}; it is the phase that has most). "
                + $"one by one: all come, each {guest} as a change that is judged. all once: all come, and "
                + "one sort at the end. What leaves and comes is counted twice."),
            ("LEFT OUT", "a frozen graph and plans of it, refusals."),
        ]);
    }

    private LiveHost Filled(LiveHost host)
    {
        for (int guest = 0; guest < _guests.Count; guest++)
        {
            cancellation.ThrowIfCancellationRequested();
            host.Arrive(guest);
        }

        return host;
    }

    private SortedHost Filled(SortedHost host)
    {
        for (int guest = 0; guest < _guests.Count; guest++)
        {
            host.Arrive(guest);
        }

        return host;
    }

    private static void Turn(LiveHost host, int guest)
    {
        host.Leave(guest);
        host.Arrive(guest);
    }

    private void Turn(SortedHost host, int guest)
    {
        host.Leave(guest);
        _ordered = host.Sort();
        host.Arrive(guest);
        _ordered = host.Sort();
    }

    // Spread over all, the same ones in every run.
    private int GuestOf(int turn) => (int)((ulong)turn * Stride % (ulong)_guests.Count);

    // The first turn warms up and does not count. Everything moves twice: it leaves and comes.
    private (double Objects, double Dependencies, double Sorted) MovedInTurn()
    {
        double objects = 0;
        double dependencies = 0;
        double sorted = 0;
        for (int turn = 1; turn <= input.Rounds; turn++)
        {
            List<int> moved = _guests.DependenciesOf(GuestOf(turn));
            objects += 2 * _guests.ObjectsOf(GuestOf(turn)).Count;
            dependencies += 2 * moved.Count;
            sorted += 2 * moved.Count(input.IsSorted);
        }

        return (objects / input.Rounds, dependencies / input.Rounds, sorted / input.Rounds);
    }

    private void Expect(LiveHost live, SortedHost sorted)
    {
        bool areBack = live.DependencyCount == input.Graph.DependencyCount
            && sorted.DependencyCount == input.SortedCount;
        if (!areBack)
        {
            throw new UnreachableException("Guests that came back lack dependencies.");
        }
    }
}
