namespace GraphOrder;

/// <summary>
/// A repair in few plannings, without a promise of being cheap, where sessions must be taken apart: an act
/// between the files of one session is in no session, so that merging does not help.
/// </summary>
/// <remarks>
/// Of each session, the files through which a strong component enters it go into one new session, which the
/// component then never leaves; those through which it also leaves go into a session each, and what is
/// cyclic after that is cyclic in files. What no move helps is waived, the lightest first. O(V + A) a round.
/// </remarks>
internal static class GreedySplit
{
    private const int RoundMax = 16;

    /// <summary>The changes; null where the rounds do not suffice or nothing helps.</summary>
    public static RepairState? Find(RepairProblem problem, CancellationToken cancellation)
    {
        RepairState state = RepairState.Unchanged;
        for (int round = 0; round < RoundMax; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            List<Obstacle> obstacles = problem.ObstaclesOf(state, cancellation);
            if (obstacles.Count == 0)
            {
                return state;
            }

            HashSet<int> waived = [];
            foreach (Obstacle obstacle in obstacles)
            {
                _ = !obstacle.IsMovable && GreedyRepair.TryWaive(problem, waived, obstacle);
            }

            RepairState next = state.WithWaived(waived);
            foreach (Contradiction found in problem.FinderFor(next).Contradictions(cancellation))
            {
                next = found.IsOfObjects ? next : TakenApart(problem, next, found);
            }

            if (next.Waived.Count == state.Waived.Count && next.Moves == state.Moves)
            {
                return null;
            }

            state = next;
        }

        return null;
    }

    private static RepairState TakenApart(RepairProblem problem, RepairState state, Contradiction found)
    {
        HashSet<int> component = [.. found.Component];
        HashSet<int> left = [];
        SortedSet<int> entered = [];
        PrecedenceGraph graph = found.Graph;
        for (int arc = 0; arc < graph.ArcCount; arc++)
        {
            ArcLabel label = graph.Labels[arc];
            if (label.IsDependency && problem.HangsOnSessions(label.Phase)
                && component.Contains(graph.Firsts[arc]) && component.Contains(graph.Thens[arc]))
            {
                Dependency dependency = problem.Dependencies[label.Dependency];
                left.Add(problem.FileOf(label.IsForward ? dependency.On : dependency.Dependent));
                entered.Add(problem.FileOf(label.IsForward ? dependency.Dependent : dependency.On));
            }
        }

        int next = problem.SessionCount;
        foreach (int session in state.Moves.Values)
        {
            next = Math.Max(next, session + 1);
        }

        // By the session in which a file is now, which may be one that an earlier round has made.
        Dictionary<int, int> newSessions = [];
        foreach (int file in entered)
        {
            if (file < 0 || !problem.MayMove(file))
            {
                continue;
            }

            int home = state.Moves.GetValueOrDefault(file, problem.HomeOf(file));
            bool isAlone = left.Contains(file);
            if (isAlone || !newSessions.TryGetValue(home, out int into))
            {
                into = next++;
                _ = isAlone || newSessions.TryAdd(home, into);
            }

            state = state.WithMove(file, into);
        }

        return state;
    }
}
