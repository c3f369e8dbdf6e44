namespace GraphOrder;

/// <summary>
/// Turns what a set declares into phase-typed dependencies: <c>needs</c> by the rule table,
/// <c>describes</c> into its two halves, repeats into one. By counting: what each end needs is put side by
/// side, so that only the few of one end have to be compared.
/// </summary>
internal sealed class DependencyExpansion
{
    /// <summary>The phases in which metadata needs what it describes.</summary>
    public static readonly PhaseSet DescribesOnPreserve = PhaseSet.Of(Phase.Preserve);

    /// <summary>The phases in which what is described needs its metadata.</summary>
    public static readonly PhaseSet DescribesOnRetrieve = PhaseSet.Of(Phase.Retrieve);

    private readonly SessionSet _set;
    private readonly int _objectCount;
    private readonly int[] _next;
    private readonly Dependency[] _all;

    private DependencyExpansion(SessionSet set)
    {
        _set = set;
        _objectCount = set.Objects.Length;
        _next = Beginnings(set, out int count);
        _all = new Dependency[count];
    }

    /// <summary>All dependencies of a set, sorted, without repeats.</summary>
    /// <remarks>O(V + E) time where no end needs many others, else O(E log E); O(V + E) space.</remarks>
    public static Dependency[] Expand(SessionSet set)
    {
        DependencyExpansion expansion = new(set);
        expansion.AddNeeds();
        expansion.AddDescribed();
        foreach (DeclaredDependency declared in set.Dependencies)
        {
            expansion.Add(new Dependency(
                declared.Dependent,
                declared.On,
                PhasesOf(set, declared),
                declared.Strength ?? DependencyStrength.Hard,
                declared.Weight ?? 1,
                declared.Origin));
        }

        expansion.AddMapped();
        return expansion.Joined();
    }

    // Where the dependencies of each end begin.
    private static int[] Beginnings(SessionSet set, out int count)
    {
        int[] beginnings = new int[set.Objects.Length + set.Sessions.Length];
        foreach (ObjectReference need in set.Needs)
        {
            beginnings[need.Owner.Index]++;
        }

        foreach (ObjectReference described in set.Describes)
        {
            beginnings[described.Owner.Index]++;
            beginnings[described.Id.Index]++;
        }

        foreach (DeclaredDependency declared in set.Dependencies)
        {
            beginnings[declared.Dependent.Vertex(set.Objects.Length)]++;
        }

        foreach (WalkedDomain walked in set.Walked)
        {
            beginnings[walked.Domain.Index] += walked.Owners.Length;
        }

        count = 0;
        for (int vertex = 0; vertex < beginnings.Length; vertex++)
        {
            int own = beginnings[vertex];
            beginnings[vertex] = count;
            count += own;
        }

        return beginnings;
    }

    private void Add(in Dependency dependency) =>
        _all[_next[dependency.Dependent.Vertex(_objectCount)]++] = dependency;

    private void AddNeeds()
    {
        ReadOnlySpan<PreservedObject> objects = _set.Objects.AsSpan();
        foreach (ObjectReference need in _set.Needs)
        {
            ref readonly PreservedObject owner = ref objects[need.Owner.Index];
            ref readonly PreservedObject needed = ref objects[need.Id.Index];
            PhaseSet phases = ActPhases(owner.Act, needed.Act)
                ?? DependencyRules.PhasesOf(owner.Kind, owner.IsFile, needed.Kind);
            Add(Hard(need.Owner, need.Id, phases, new(DependencySource.Needs, need.Location)));
        }
    }

    private void AddDescribed()
    {
        foreach (ObjectReference described in _set.Describes)
        {
            DependencyOrigin origin = new(DependencySource.Describes, described.Location);
            PhaseSet counted = ActPhases(_set, described.Owner, described.Id) ?? PhaseSet.All;
            Add(Hard(described.Owner, described.Id, DescribesOnPreserve & counted, origin));
            Add(Hard(described.Id, described.Owner, DescribesOnRetrieve & counted, origin));
        }
    }

    private void AddMapped()
    {
        foreach (WalkedDomain walked in _set.Walked)
        {
            foreach (MappedOwner owner in walked.Owners)
            {
                DependencyOrigin origin = new(DependencySource.Mapped, Why: $"IOVA 0x{owner.FirstIova:x}");
                Add(Hard(walked.Domain, owner.Memfd, PhaseSet.Default, origin));
            }
        }
    }

    /// <summary>The phases in which a declared dependency counts.</summary>
    public static PhaseSet PhasesOf(SessionSet set, DeclaredDependency declared) =>
        PhasesOf(declared, ActPhases(set, declared.Dependent, declared.On));

    /// <summary>The same where the phases of its acts are known.</summary>
    public static PhaseSet PhasesOf(in DeclaredDependency declared, PhaseSet? ofActs) => ofActs is { } only
        ? only & (declared.Phases ?? only)
        : declared.Phases ?? PhaseSet.Default;

    /// <summary>
    /// The phases in which a dependency between two ends can count since one of them is an act: its own, or
    /// none where two acts have different ones; null where neither is an act.
    /// </summary>
    public static PhaseSet? ActPhases(SessionSet set, DependencyEnd dependent, DependencyEnd on) =>
        ActPhases(ActOf(set, dependent), ActOf(set, on));

    /// <summary>The same where the acts at hand are known; null for an end that is none.</summary>
    public static PhaseSet? ActPhases(ActFacts? dependent, ActFacts? on) =>
        dependent is null
            ? on is null ? null : PhaseSet.Of(on.Phase)
            : on is null || on.Phase == dependent.Phase ? PhaseSet.Of(dependent.Phase)
            : PhaseSet.None;

    private static ActFacts? ActOf(SessionSet set, DependencyEnd end) =>
        end.IsSession ? null : set.Objects[end.ObjectId.Index].Act;

    private static Dependency Hard(
        ObjectId dependent, ObjectId on, PhaseSet phases, DependencyOrigin origin) =>
        new(dependent, on, phases, DependencyStrength.Hard, 1, origin);

    /// <summary>Sorts dependencies in place and makes repeats one.</summary>
    /// <returns>How many are left; they stand at the beginning.</returns>
    public static int Join(int objectCount, Span<Dependency> all)
    {
        if (all.Length > 1)
        {
            all.Sort((left, right) =>
            {
                int order = left.Dependent.Vertex(objectCount).CompareTo(right.Dependent.Vertex(objectCount));
                return order != 0 ? order : Compare(objectCount, left, right);
            });
        }

        return JoinSorted(all);
    }

    // Behind the last Add the next place of each end is where the dependencies of the next one begin.
    private Dependency[] Joined()
    {
        int joined = 0;
        int first = 0;
        foreach (int behind in _next)
        {
            Span<Dependency> own = _all.AsSpan(first, behind - first);
            if (!IsSorted(own))
            {
                own.Sort((left, right) => Compare(_objectCount, left, right));
            }

            int kept = JoinSorted(own);
            if (joined < first)
            {
                own[..kept].CopyTo(_all.AsSpan(joined));
            }

            joined += kept;
            first = behind;
        }

        return joined == _all.Length ? _all : _all[..joined];
    }

    private bool IsSorted(ReadOnlySpan<Dependency> own)
    {
        for (int i = 1; i < own.Length; i++)
        {
            if (Compare(_objectCount, own[i - 1], own[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    // Makes repeats one, in place; gives how many are left.
    private static int JoinSorted(Span<Dependency> all)
    {
        int count = 0;
        PhaseSet hard = PhaseSet.None;
        foreach (ref readonly Dependency next in all)
        {
            bool isRepeat = count > 0 && all[count - 1].Dependent == next.Dependent
                && all[count - 1].On == next.On;
            hard = isRepeat ? hard : PhaseSet.None;
            bool isHard = next.Strength == DependencyStrength.Hard;
            PhaseSet phases = isHard ? next.Phases : next.Phases - hard;
            hard |= isHard ? phases : PhaseSet.None;
            if (phases.IsEmpty)
            {
                continue;
            }

            if (isRepeat && all[count - 1].Strength == next.Strength)
            {
                all[count - 1] = all[count - 1] with
                {
                    Phases = all[count - 1].Phases | phases,
                    Weight = Math.Max(all[count - 1].Weight, next.Weight),
                };
            }
            else
            {
                all[count++] = next with { Phases = phases };
            }
        }

        return count;
    }

    // What one end needs: hard before soft, and then by everything that tells two declarations apart, so
    // that which of them gives its origin to the joined dependency does not hang on the order in which the
    // document lists them.
    private static int Compare(int objectCount, in Dependency left, in Dependency right)
    {
        int order = left.On.Vertex(objectCount).CompareTo(right.On.Vertex(objectCount));
        if (order != 0)
        {
            return order;
        }

        order = left.Strength.CompareTo(right.Strength);
        DependencyOrigin first = left.Origin;
        DependencyOrigin second = right.Origin;
        order = order != 0 ? order : first.Source.CompareTo(second.Source);
        order = order != 0 ? order : string.CompareOrdinal(first.DeclaredBy, second.DeclaredBy);
        order = order != 0 ? order : string.CompareOrdinal(first.Why, second.Why);
        order = order != 0 ? order : first.Location.Line.CompareTo(second.Location.Line);
        return order != 0 ? order : first.Location.Column.CompareTo(second.Location.Column);
    }
}
