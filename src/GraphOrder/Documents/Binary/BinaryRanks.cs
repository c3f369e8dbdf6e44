namespace GraphOrder;

/// <summary>
/// Numbers that rise along dependencies: what a checker without memory needs to see that a phase has no
/// cycle, and to follow what the kernel moves. One table serves every phase for which it rises.
/// </summary>
internal sealed class BinaryRanks
{
    /// <summary>The table of a phase that moves everything as one, where nothing needs to rise.</summary>
    public const byte None = 255;

    private readonly SessionSet _set;
    private readonly BinaryDependency[] _dependencies;

    private BinaryRanks(SessionSet set, BinaryDependency[] dependencies)
    {
        _set = set;
        _dependencies = dependencies;
    }

    /// <summary>The ranks of all objects, a table each.</summary>
    public List<int[]> Tables { get; } = [];

    /// <summary>The dependencies whose dependent the kernel moves, by rank, for each table.</summary>
    public List<int[]> KernelLists { get; } = [];

    /// <summary>The table of each phase.</summary>
    public byte[] TableOf { get; } = new byte[Phases.Count];

    /// <summary>Finds them. O(V + E), and sorting of what the kernel moves.</summary>
    /// <remarks>Where a phase has a cycle, its ranks do not rise, which a checker finds.</remarks>
    public static BinaryRanks Of(SessionSet set, KernelPair kernels, BinaryDependency[] dependencies)
    {
        BinaryRanks ranks = new(set, dependencies);
        PhaseSet all = PhaseSet.None;
        foreach (Phase phase in Phases.All)
        {
            all = kernels[phase].Unit == StepUnit.Everything ? all : all.With(phase);
        }

        if (!all.IsEmpty)
        {
            ranks.Add(all);
        }

        foreach (Phase phase in Phases.All)
        {
            ranks.TableOf[(int)phase] = all.Contains(phase) ? ranks.Find(kernels[phase]) : None;
        }

        return ranks;
    }

    private byte Find(PhaseRule rule)
    {
        for (int table = 0; table < Tables.Count; table++)
        {
            if (Rises(Tables[table], rule))
            {
                return (byte)table;
            }
        }

        // Six phases and a table for all of them would be seven; the common one serves nobody then.
        if (Tables.Count == Phases.Count)
        {
            return 0;
        }

        Add(PhaseSet.Of(rule.Phase));
        return (byte)(Tables.Count - 1);
    }

    private bool Rises(int[] ranks, PhaseRule rule)
    {
        foreach (BinaryDependency found in _dependencies)
        {
            if (IsInside(found, PhaseSet.Of(rule.Phase))
                && ranks[found.On] >= ranks[found.Dependent]
                && !(rule.Unit == StepUnit.Session
                    && ranks[found.On] == ranks[found.Dependent]
                    && HomeOf(found.On) >= 0
                    && HomeOf(found.On) == HomeOf(found.Dependent)))
            {
                return false;
            }
        }

        return true;
    }

    private int HomeOf(int number) =>
        (_set.SessionOf(new ObjectId(number)) ?? _set.Objects[number].Act?.Session)?.Index ?? -1;

    private bool IsInside(in BinaryDependency found, PhaseSet phases) =>
        !(found.Binding & phases).IsEmpty
        && found.Dependent < _set.Objects.Length
        && found.On < _set.Objects.Length;

    private void Add(PhaseSet phases)
    {
        List<(int From, int To)> arcs = [];
        foreach (BinaryDependency found in _dependencies)
        {
            if (IsInside(found, phases))
            {
                arcs.Add((found.Dependent, found.On));
            }
        }

        int[] ranks = ComponentRanks.Of(_set.Objects.Length, arcs);
        List<int> listed = [];
        for (int i = 0; i < _dependencies.Length; i++)
        {
            int dependent = _dependencies[i].Dependent;
            if (dependent < _set.Objects.Length && _set.Objects[dependent].IsMovedByKernel)
            {
                listed.Add(i);
            }
        }

        listed.Sort((first, second) =>
            (ranks[_dependencies[first].Dependent], first)
                .CompareTo((ranks[_dependencies[second].Dependent], second)));
        Tables.Add(ranks);
        KernelLists.Add([.. listed]);
    }
}
