namespace GraphOrder.Tests.Recovery;

/// <summary>
/// Plays the finish order of an answer, step by step, and looks at each release whether something that is
/// not quiet needs what is let go of: over pairs in which all paths through the kernel's own are written out.
/// </summary>
internal static class ReleaseCheck
{
    public static string? Violation(DependencyGraph graph, GraphOrder.Recovery recovery, KernelPair kernels)
    {
        HashSet<int> retrieved = [.. recovery.Retrieve.Select(id => id.Index)];
        bool movesObjects = kernels[Phase.Finish].Unit == StepUnit.Object;
        bool isEverything = kernels[Phase.Finish].Unit == StepUnit.Everything;
        HashSet<int> released = [];
        List<(int Dependent, int On)> pairs = Pairs(graph);
        IEnumerable<DependencyEnd[]> acts = isEverything
            ? [[.. recovery.Finish]]
            : recovery.Finish.Select(end => new[] { end });
        foreach (DependencyEnd[] act in acts)
        {
            HashSet<int> now =
            [
                .. Enumerable.Range(0, graph.ObjectCount).Where(id => act.Any(end => end.IsSession
                    ? graph.SessionOf(new ObjectId(id)) == end.SessionId
                    : end.ObjectId.Index == id)),
            ];
            foreach ((int dependent, int on) in pairs)
            {
                bool isInside = now.Contains(dependent)
                    && IsRetrieved(recovery, retrieved, movesObjects, dependent);
                bool isOneFile = dependent == on || (!movesObjects
                    && graph.FileOf(new ObjectId(dependent)) == graph.FileOf(new ObjectId(on)));
                if (now.Contains(on) && !IsFinished(recovery, graph, on)
                    && !released.Contains(dependent) && !isInside
                    && !isOneFile && !IsQuiet(recovery, graph, retrieved, movesObjects, dependent))
                {
                    return $"#{dependent} needs #{on}";
                }
            }

            released.UnionWith(now);
        }

        return null;
    }

    private static bool IsFinished(GraphOrder.Recovery recovery, DependencyGraph graph, int id) =>
        recovery.State[new ObjectId(id)] == FileState.Finished
        || recovery.State[graph.SessionOf(new ObjectId(id))!.Value] == SessionState.Finished;

    private static bool IsRetrieved(
        GraphOrder.Recovery recovery, HashSet<int> retrieved, bool movesObjects, int id) =>
        recovery.State[new ObjectId(id)] == FileState.Retrieved
        || retrieved.Contains(
            movesObjects ? id : (recovery.State.Set.Objects[id].Carrier ?? new ObjectId(id)).Index);

    private static bool IsQuiet(
        GraphOrder.Recovery recovery,
        DependencyGraph graph,
        HashSet<int> retrieved,
        bool movesObjects,
        int id)
    {
        bool mayWrite = Enumerable.Range(0, graph.ObjectCount).Any(other =>
            (other == id || graph[new ObjectId(other)].Carrier == new ObjectId(id))
            && graph[new ObjectId(other)].Kind.Name is ("iommufd" or "ioas" or "vfio-device"));
        return IsFinished(recovery, graph, id)
            || (!mayWrite && !IsRetrieved(recovery, retrieved, movesObjects, id));
    }

    private static List<(int Dependent, int On)> Pairs(DependencyGraph graph)
    {
        Dictionary<int, List<int>> needs = [];
        foreach (Dependency found in graph.Dependencies)
        {
            if (found.Phases.Contains(Phase.Finish) && !found.Dependent.IsSession && !found.On.IsSession)
            {
                int dependent = found.Dependent.ObjectId.Index;
                (needs.TryGetValue(dependent, out List<int>? list) ? list : needs[dependent] = [])
                    .Add(found.On.ObjectId.Index);
            }
        }

        List<(int, int)> pairs = [];
        foreach (int dependent in needs.Keys.Where(id => graph.FileOf(new ObjectId(id)) is not null))
        {
            Stack<int> left = new([dependent]);
            HashSet<int> seen = [];
            while (left.TryPop(out int at))
            {
                foreach (int on in needs.GetValueOrDefault(at) ?? [])
                {
                    if (graph.FileOf(new ObjectId(on)) is not null)
                    {
                        pairs.Add((dependent, on));
                    }
                    else if (seen.Add(on))
                    {
                        left.Push(on);
                    }
                }
            }
        }

        return pairs;
    }
}
