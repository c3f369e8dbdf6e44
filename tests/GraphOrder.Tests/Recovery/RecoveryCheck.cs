namespace GraphOrder.Tests.Recovery;

/// <summary>Compares an answer with what the oracle finds.</summary>
internal static class RecoveryCheck
{
    private const int ToldAtLeast = 2;

    /// <summary>The first thing that differs; null where nothing does.</summary>
    /// <param name="oracle">The oracle.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="recovery">The answer.</param>
    /// <param name="isEachBrokenTold">
    /// Whether all that needs a gone object is told: not where more than two reach one of the kernel's own.
    /// </param>
    public static string? Difference(
        RecoveryOracle oracle,
        DependencyGraph graph,
        GraphOrder.Recovery recovery,
        bool isEachBrokenTold = true)
    {
        HashSet<int> retrieved = [];
        foreach (ObjectId file in recovery.Retrieve)
        {
            if (!oracle.CanRetrieve(file.Index, retrieved) || !retrieved.Add(file.Index))
            {
                return $"o{file.Index} cannot be retrieved here";
            }
        }

        HashSet<int> largest = oracle.LargestRetrieve();
        if (!largest.SetEquals(retrieved))
        {
            return $"retrieve {Show(retrieved)} and not {Show(largest)}";
        }

        HashSet<int> finished = [];
        foreach (DependencyEnd end in recovery.Finish)
        {
            int session = end.SessionId.Index;
            if (oracle.WhyNotFinish(session, finished, retrieved) is { } why)
            {
                return $"s{session} cannot be finished here: {why}";
            }

            // The first in document order that may be: none before it could have been taken now.
            for (int other = 0; other < session; other++)
            {
                if (!finished.Contains(other) && oracle.WhyNotFinish(other, finished, retrieved) is null)
                {
                    return $"s{other} goes before s{session}";
                }
            }

            finished.Add(session);
        }

        HashSet<int> released = oracle.LargestFinish(retrieved);
        if (!released.SetEquals(finished))
        {
            return $"finish {Show(finished)} and not {Show(released)}";
        }

        return Lists(graph, recovery, retrieved, finished)
            ?? Broken(oracle.Broken(retrieved), graph, recovery, isEachBrokenTold);
    }

    private static string? Lists(
        DependencyGraph graph,
        GraphOrder.Recovery recovery,
        HashSet<int> retrieved,
        HashSet<int> finished)
    {
        HostState state = recovery.State;
        int[] pinned =
        [
            .. Enumerable.Range(0, graph.SessionCount).Where(session => !finished.Contains(session)
                && state[new SessionId(session)] is SessionState.Held or SessionState.Retrieved),
        ];
        if (!recovery.Pinned.Select(pin => pin.Session.Index).SequenceEqual(pinned))
        {
            return $"pinned {Show(recovery.Pinned.Select(pin => pin.Session.Index))} and not {Show(pinned)}";
        }

        if (recovery.Pinned.Any(pin => pin.By.IsEmpty && pin.Untouched.IsEmpty && pin.Busy.IsEmpty))
        {
            return "a session is pinned by nothing";
        }

        int[] blocked =
        [
            .. Enumerable.Range(0, graph.ObjectCount).Where(id => graph.Set.Objects[id].IsFile
                && state[new ObjectId(id)] == FileState.Untouched && !retrieved.Contains(id)),
        ];
        if (!recovery.Blocked.Select(each => each.File.Index).SequenceEqual(blocked))
        {
            string found = Show(recovery.Blocked.Select(each => each.File.Index));
            return $"blocked {found} and not {Show(blocked)}";
        }

        return null;
    }

    private static string? Broken(
        HashSet<(int File, int On)> expected,
        DependencyGraph graph,
        GraphOrder.Recovery recovery,
        bool isEachTold)
    {
        HashSet<(int File, int On)> broken =
        [
            .. recovery.Broken.Select(each =>
                (graph.FileOf(each.Dependent.ObjectId)!.Value.Index, each.On.ObjectId.Index)),
        ];
        bool areEnough = isEachTold
            ? broken.SetEquals(expected)
            : broken.IsSubsetOf(expected) && expected.GroupBy(each => each.On).All(group =>
                broken.Count(each => each.On == group.Key) >= Math.Min(ToldAtLeast, group.Count()));
        return areEnough
            ? null
            : $"broken {string.Join(' ', broken)} and not {string.Join(' ', expected)}";
    }

    private static string Show(IEnumerable<int> numbers) => $"{{{string.Join(' ', numbers.Order())}}}";
}
