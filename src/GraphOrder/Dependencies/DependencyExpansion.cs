using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Turns what a set declares into phase-typed dependencies: <c>needs</c> by the rule table,
/// <c>describes</c> into its two halves, repeats into one.
/// </summary>
internal static class DependencyExpansion
{
    private static readonly PhaseSet DescribesOnPreserve = PhaseSet.Of(Phase.Preserve);
    private static readonly PhaseSet DescribesOnRetrieve = PhaseSet.Of(Phase.Retrieve);

    /// <summary>All dependencies of a set, sorted, without repeats.</summary>
    public static Dependency[] Expand(SessionSet set)
    {
        List<Dependency> all = new(set.Needs.Length + 2 * set.Describes.Length + set.Dependencies.Length);
        foreach (ObjectReference need in set.Needs)
        {
            PreservedObject owner = set.Objects[need.Owner.Index];
            PhaseSet phases = DependencyRules.PhasesOf(
                owner.Kind, owner.IsFile, set.Objects[need.Id.Index].Kind);
            all.Add(Hard(
                need.Owner,
                need.Id,
                ActPhases(set, need.Owner, need.Id) ?? phases,
                new(DependencySource.Needs, need.Location)));
        }

        foreach (ObjectReference described in set.Describes)
        {
            DependencyOrigin origin = new(DependencySource.Describes, described.Location);
            PhaseSet counted = ActPhases(set, described.Owner, described.Id) ?? PhaseSet.All;
            all.Add(Hard(described.Owner, described.Id, DescribesOnPreserve & counted, origin));
            all.Add(Hard(described.Id, described.Owner, DescribesOnRetrieve & counted, origin));
        }

        foreach (DeclaredDependency declared in set.Dependencies)
        {
            all.Add(new Dependency(
                declared.Dependent,
                declared.On,
                PhasesOf(set, declared),
                declared.Strength ?? DependencyStrength.Hard,
                declared.Weight ?? 1,
                declared.Origin));
        }

        AddMapped(set, all);
        Span<Dependency> joined = CollectionsMarshal.AsSpan(all);
        return [.. joined[..Join(set.Objects.Length, joined)]];
    }

    private static void AddMapped(SessionSet set, List<Dependency> all)
    {
        foreach (WalkedDomain walked in set.Walked)
        {
            foreach (MappedOwner owner in walked.Owners)
            {
                DependencyOrigin origin = new(DependencySource.Mapped, Why: $"IOVA 0x{owner.FirstIova:x}");
                all.Add(Hard(walked.Domain, owner.Memfd, PhaseSet.Default, origin));
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
    public static PhaseSet? ActPhases(ActFacts? dependent, ActFacts? on)
    {
        PhaseSet? ofDependent = dependent is null ? null : PhaseSet.Of(dependent.Phase);
        PhaseSet? ofOn = on is null ? null : PhaseSet.Of(on.Phase);
        return ofDependent is { } phase && ofOn is { } other ? phase & other : ofDependent ?? ofOn;
    }

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
            all.Sort((left, right) => Compare(objectCount, left, right));
        }

        int count = 0;
        PhaseSet hard = PhaseSet.None;
        for (int i = 0; i < all.Length; i++)
        {
            Dependency next = all[i];
            bool isRepeat = count > 0 && SameEnds(all[count - 1], next);
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

    private static bool SameEnds(in Dependency left, in Dependency right) =>
        left.Dependent == right.Dependent && left.On == right.On;

    // Hard before soft, and then by everything that tells two declarations apart, so that which of them
    // gives its origin to the joined dependency does not hang on the order in which the document lists
    // them.
    private static int Compare(int objectCount, in Dependency left, in Dependency right)
    {
        int order = Vertex(objectCount, left.Dependent).CompareTo(Vertex(objectCount, right.Dependent));
        order = order != 0 ? order : Vertex(objectCount, left.On).CompareTo(Vertex(objectCount, right.On));
        order = order != 0 ? order : left.Strength.CompareTo(right.Strength);
        order = order != 0 ? order : left.Origin.Source.CompareTo(right.Origin.Source);
        order = order != 0 ? order : string.CompareOrdinal(left.Origin.DeclaredBy, right.Origin.DeclaredBy);
        order = order != 0 ? order : string.CompareOrdinal(left.Origin.Why, right.Origin.Why);
        order = order != 0 ? order : left.Origin.Location.Line.CompareTo(right.Origin.Location.Line);
        return order != 0 ? order : left.Origin.Location.Column.CompareTo(right.Origin.Location.Column);
    }

    private static int Vertex(int objectCount, DependencyEnd end) =>
        end.IsSession ? objectCount + end.SessionId.Index : end.ObjectId.Index;
}
