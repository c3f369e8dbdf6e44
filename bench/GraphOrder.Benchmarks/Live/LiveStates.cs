namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// What is asked of a live graph after one guest has come and another has left: that it be frozen, what has
/// changed of its plan, a refusal; on a small host beside a large one, in turn, and then as a whole.
/// </summary>
internal static class LiveStates
{
    private const int WarmUps = 20;
    private const int TurnsPerRound = 20;

    public static void Run(int rounds)
    {
        HostOfVms[] hosts = [new(100), new(10_000)];
        Samples[] frozen = [new(), new()];
        Samples[] plans = [new(), new()];
        Samples[] refusals = [new(), new()];
        Samples[] changes = [new(), new()];
        Random random = new(5);
        foreach (HostOfVms host in hosts)
        {
            long bare = GC.GetTotalMemory(true);
            host.Live.PlanChanges();
            long planned = GC.GetTotalMemory(true);
            host.Live.Freeze();
            long frozenToo = GC.GetTotalMemory(true);
            Console.WriteLine(
                $"{host.VmCount:N0} guests: {(planned - bare) / host.VmCount:N0} bytes a guest for a plan, "
                + $"{(frozenToo - planned) / host.VmCount:N0} for what is frozen");
        }

        for (int turn = -WarmUps; turn < rounds * TurnsPerRound; turn++)
        {
            for (int i = 0; i < hosts.Length; i++)
            {
                HostOfVms host = hosts[i];
                int place = random.Next(host.VmCount);
                double changed = LiveRatios.Time(() =>
                {
                    host.Leave(place);
                    host.Arrive();
                });
                double froze = LiveRatios.Time(() => host.Live.Freeze());
                double planned = LiveRatios.Time(() => host.Live.PlanChanges());
                double refused = LiveRatios.Time(() => host.Refuse());
                if (turn >= 0)
                {
                    changes[i].Add(changed);
                    frozen[i].Add(froze);
                    plans[i].Add(planned);
                    refusals[i].Add(refused);
                }
            }
        }

        Console.WriteLine(LiveRatios.Told("with a plan kept, one guest leaves and another comes", changes));
        Console.WriteLine(LiveRatios.Told("after that the graph is frozen", frozen));
        Console.WriteLine(LiveRatios.Told("after that what has changed of the plan is told", plans));
        Console.WriteLine(LiveRatios.Told("a refusal is told", refusals));
        Whole(hosts[1]);
    }

    private static void Whole(HostOfVms host)
    {
        const int turns = 5;
        Samples graphs = new();
        Samples plans = new();
        for (int turn = -1; turn < turns; turn++)
        {
            host.Leave(host.VmCount / 2);
            host.Arrive();
            double graph = LiveRatios.Time(() => host.Live.Snapshot());
            double plan = LiveRatios.Time(() => host.Live.Plan());
            if (turn >= 0)
            {
                graphs.Add(graph);
                plans.Add(plan);
            }
        }

        Console.WriteLine(
            $"as a whole: the graph with dense ids {graphs.Median / 1e3:f0} ms, "
            + $"and a plan of it {plans.Median / 1e3:f0} ms");
    }
}
