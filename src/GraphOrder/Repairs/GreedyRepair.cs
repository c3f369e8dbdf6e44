namespace GraphOrder;

/// <summary>
/// A repair in few plannings, without a promise of being cheap: the sessions of every obstacle become one,
/// and where that cannot help, the lightest soft dependency of it is waived.
/// </summary>
internal static class GreedyRepair
{
    private const int RoundMax = 64;

    /// <summary>The changes; null where the rounds do not suffice or nothing helps.</summary>
    public static RepairState? Find(RepairProblem problem, CancellationToken cancellation)
    {
        int[] into = new int[problem.SessionCount];
        for (int session = 0; session < into.Length; session++)
        {
            into[session] = session;
        }

        HashSet<int> waived = [];
        for (int round = 0; round < RoundMax; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            RepairState state = problem.Merged(into).WithWaived(waived);
            List<Obstacle> obstacles = problem.ObstaclesOf(state, cancellation);
            if (obstacles.Count == 0)
            {
                return state;
            }

            bool hasChanged = false;
            foreach (Obstacle obstacle in obstacles)
            {
                hasChanged |= TryMerge(problem, into, obstacle) || TryWaive(problem, waived, obstacle);
            }

            if (!hasChanged)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Waives the lightest soft dependency of an obstacle; false where it has none left.</summary>
    public static bool TryWaive(RepairProblem problem, HashSet<int> waived, Obstacle obstacle)
    {
        int lightest = -1;
        foreach (int dependency in obstacle.Soft)
        {
            bool isLighter = lightest < 0 || problem.WeightOf(dependency) < problem.WeightOf(lightest);
            lightest = isLighter ? dependency : lightest;
        }

        return lightest >= 0 && waived.Add(lightest);
    }

    // Into the first session that must stay, or else into the first one.
    private static bool TryMerge(RepairProblem problem, int[] into, Obstacle obstacle)
    {
        HashSet<int> roots = [];
        foreach (int session in obstacle.Sessions)
        {
            roots.Add(Root(into, session));
        }

        List<int> going = [.. roots];
        going.Sort();
        int kept = going.FindIndex(session => !problem.MayMerge(session));
        int target = going.Count < 2 || !obstacle.IsMovable ? -1 : going[Math.Max(kept, 0)];
        bool hasMerged = false;
        foreach (int session in going)
        {
            if (target >= 0 && session != target && problem.MayMerge(session))
            {
                into[session] = target;
                hasMerged = true;
            }
        }

        return hasMerged;
    }

    private static int Root(int[] into, int session)
    {
        while (into[session] != session)
        {
            session = into[session];
        }

        return session;
    }
}
