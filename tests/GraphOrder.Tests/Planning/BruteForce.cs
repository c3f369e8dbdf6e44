namespace GraphOrder.Tests.Planning;

/// <summary>
/// Linux 7.3 by its definition alone: every order of creating, closing and finishing sessions, of preserving and of
/// retrieving files is tried, the timeline of each phase is written down, and each dependency is looked up in it.
/// Shares nothing with the planner.
/// </summary>
internal sealed class BruteForce
{
    private readonly TinySet _set;
    private readonly int[] _files;
    private readonly List<Choice> _choices = [];
    private readonly List<int> _retrieveTimelines = [];

    public BruteForce(TinySet set)
    {
        _set = set;
        _files = [.. Enumerable.Range(0, set.ObjectCount).Where(id => set.FileOf(id) == id)];
        List<int[]> fileOrders = [.. Permutations(_files)];
        List<int[]> sessionOrders = [.. Permutations([.. Enumerable.Range(0, set.SessionCount)])];
        foreach (int[] files in fileOrders)
        {
            _retrieveTimelines.Add(Before(files));
            int[] backward = [.. files.Reverse()];
            _choices.Add(new Choice(
                Before(files),
                [.. sessionOrders.Select(create => (
                    Before(Timeline(create, files)),
                    Before(Timeline([.. create.Reverse()], files))))],
                [.. sessionOrders.Select(sessions => Before(Timeline(sessions, backward)))]));
        }
    }

    /// <summary>Whether some orders respect every dependency in every phase.</summary>
    public bool IsLegal(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies)
    {
        int[] demanded = new int[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            bool[,] needs = Needs(dependencies, phase);
            if (HasCycle(needs))
            {
                return false;
            }

            demanded[(int)phase] = Demanded(ThroughKernelMoved(needs), phase.NeededGoesFirst());
        }

        return _retrieveTimelines.Exists(before => IsMet(demanded[(int)Phase.Retrieve], before))
            && _choices.Exists(choice => IsLegal(choice, demanded));
    }

    private static bool IsLegal(Choice choice, int[] demanded) =>
        IsMet(demanded[(int)Phase.Preserve], choice.Preserve)
        && choice.FreezeAndUnfreeze.Exists(before =>
            IsMet(demanded[(int)Phase.Freeze], before.Freeze) && IsMet(demanded[(int)Phase.Unfreeze], before.Unfreeze))
        && choice.SessionBySession.Exists(before => IsMet(demanded[(int)Phase.Unpreserve], before))
        && choice.SessionBySession.Exists(before => IsMet(demanded[(int)Phase.Finish], before));

    private static bool IsMet(int demanded, int before) => (demanded & ~before) == 0;

    // The files of a timeline as a set of pairs: bit 4i + j says that file i comes before file j.
    private static int Before(int[] timeline)
    {
        int pairs = 0;
        for (int i = 0; i < timeline.Length; i++)
        {
            for (int j = i + 1; j < timeline.Length; j++)
            {
                pairs |= 1 << (4 * timeline[i] + timeline[j]);
            }
        }

        return pairs;
    }

    private int[] Timeline(int[] sessions, int[] files) =>
        [.. sessions.SelectMany(session => files.Where(file => _set.Places[file] == session))];

    private int Demanded(bool[,] needs, bool neededGoesFirst)
    {
        int pairs = 0;
        for (int dependent = 0; dependent < _set.ObjectCount; dependent++)
        {
            for (int on = 0; on < _set.ObjectCount; on++)
            {
                int dependentFile = _set.FileOf(dependent);
                int onFile = _set.FileOf(on);
                if (needs[dependent, on] && dependentFile >= 0 && onFile >= 0 && dependentFile != onFile)
                {
                    pairs |= 1 << (neededGoesFirst ? 4 * onFile + dependentFile : 4 * dependentFile + onFile);
                }
            }
        }

        return pairs;
    }

    private bool[,] Needs(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies, Phase phase)
    {
        bool[,] needs = new bool[_set.ObjectCount, _set.ObjectCount];
        foreach ((int dependent, int on, PhaseSet phases) in dependencies)
        {
            needs[dependent, on] |= phases.Contains(phase);
        }

        return needs;
    }

    private bool[,] ThroughKernelMoved(bool[,] needs)
    {
        bool[,] paths = (bool[,])needs.Clone();
        for (int through = 0; through < _set.ObjectCount; through++)
        {
            for (int dependent = 0; _set.FileOf(through) < 0 && dependent < _set.ObjectCount; dependent++)
            {
                for (int on = 0; on < _set.ObjectCount; on++)
                {
                    paths[dependent, on] |= paths[dependent, through] && paths[through, on];
                }
            }
        }

        return paths;
    }

    private bool HasCycle(bool[,] needs)
    {
        bool[,] paths = (bool[,])needs.Clone();
        for (int through = 0; through < _set.ObjectCount; through++)
        {
            for (int dependent = 0; dependent < _set.ObjectCount; dependent++)
            {
                for (int on = 0; on < _set.ObjectCount; on++)
                {
                    paths[dependent, on] |= paths[dependent, through] && paths[through, on];
                }
            }
        }

        return Enumerable.Range(0, _set.ObjectCount).Any(id => paths[id, id]);
    }

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length == 0)
        {
            yield return [];
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            int[] rest = [.. items[..i], .. items[(i + 1)..]];
            foreach (int[] tail in Permutations(rest))
            {
                yield return [items[i], .. tail];
            }
        }
    }

    private sealed record Choice(
        int Preserve,
        List<(int Freeze, int Unfreeze)> FreezeAndUnfreeze,
        List<int> SessionBySession);
}
