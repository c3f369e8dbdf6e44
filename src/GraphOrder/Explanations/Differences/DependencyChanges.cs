using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// The dependencies that two graphs do not have alike, and the second graph with some of these changes taken
/// back. Ends are the same where their names are. Not thread-safe.
/// </summary>
internal sealed class DependencyChanges
{
    private readonly DependencyGraph _second;
    private readonly List<DependencyChange> _changes = [];
    private readonly List<Dependency> _kept = [];
    private readonly List<(DependencyEnd Dependent, DependencyEnd On)> _ends = [];
    private readonly List<Dependency[]> _wanted = [];
    private readonly List<Dependency[]> _lost = [];
    private readonly List<int> _revocable = [];

    /// <summary>Compares the dependencies of two plans. O(V + E).</summary>
    public DependencyChanges(
        DependencyGraph first, DependencyGraph second, Plan? firstPlan, Plan? secondPlan)
    {
        _second = second;
        EndMap toFirst = new(second.Set, first.Set);
        EndMap toSecond = new(first.Set, second.Set);
        WaivedPhases firstWaived = new(first.Set, firstPlan);
        WaivedPhases secondWaived = new(second.Set, secondPlan);
        ReadOnlySpan<Dependency> all = second.Dependencies;
        for (int i = 0, behind; i < all.Length; i = behind)
        {
            behind = Behind(all, i);
            Dependency[] now = secondWaived.Binding(all[i..behind]);
            DependencyState state = StateOf(all[i..behind], secondWaived);
            ReadOnlySpan<Dependency> known =
                toFirst.TryMap(all[i].Dependent, out DependencyEnd dependent)
                && toFirst.TryMap(all[i].On, out DependencyEnd on)
                    ? Pair(first, dependent, on)
                    : [];
            if (known.IsEmpty)
            {
                Add(all[i].Dependent, all[i].On, null, state, [], now);
                continue;
            }

            DependencyState former = StateOf(known, firstWaived);
            if (former.Says(state))
            {
                _kept.AddRange(now);
                continue;
            }

            Dependency[] wanted = Mapped(firstWaived.Binding(known), toSecond);
            Add(all[i].Dependent, all[i].On, former, state, wanted, now);
        }

        AddGone(first, toSecond, firstWaived);
    }

    /// <summary>All changes, by their names.</summary>
    public ImmutableArray<DependencyChange> Changes => [.. _changes];

    /// <summary>The changes that can be taken back: both ends are in the second set.</summary>
    public ReadOnlySpan<int> Revocable => CollectionsMarshal.AsSpan(_revocable);

    /// <summary>The ends of a change that can be taken back, in the second set.</summary>
    public (DependencyEnd Dependent, DependencyEnd On) EndsOf(int change) => _ends[change];

    /// <summary>The second graph without what its plan waives, some changes taken back. O(E log E).</summary>
    public DependencyGraph Without(ReadOnlySpan<int> changes)
    {
        bool[] isTakenBack = new bool[_changes.Count];
        foreach (int change in changes)
        {
            isTakenBack[change] = true;
        }

        List<Dependency> all = [.. _kept];
        for (int change = 0; change < isTakenBack.Length; change++)
        {
            all.AddRange(isTakenBack[change] ? _wanted[change] : _lost[change]);
        }

        return _second.With([.. all]);
    }

    private void Add(
        DependencyEnd dependent,
        DependencyEnd on,
        DependencyState? former,
        DependencyState? state,
        Dependency[] wanted,
        Dependency[] lost)
    {
        _revocable.Add(_changes.Count);
        _changes.Add(new DependencyChange(
            _second.Set.NameOf(dependent), _second.Set.NameOf(on), former, state));
        _ends.Add((dependent, on));
        _wanted.Add(wanted);
        _lost.Add(lost);
    }

    private void AddGone(DependencyGraph first, EndMap toSecond, WaivedPhases waived)
    {
        ReadOnlySpan<Dependency> all = first.Dependencies;
        for (int i = 0, behind; i < all.Length; i = behind)
        {
            behind = Behind(all, i);
            bool isWhole = toSecond.TryMap(all[i].Dependent, out DependencyEnd dependent);
            isWhole &= toSecond.TryMap(all[i].On, out DependencyEnd on);
            if (isWhole && !Pair(_second, dependent, on).IsEmpty)
            {
                continue;
            }

            DependencyState former = StateOf(all[i..behind], waived);
            if (isWhole)
            {
                Add(dependent, on, former, null, Mapped(waived.Binding(all[i..behind]), toSecond), []);
                continue;
            }

            _changes.Add(new DependencyChange(
                first.Set.NameOf(all[i].Dependent), first.Set.NameOf(all[i].On), former, null));
            _ends.Add(default);
            _wanted.Add([]);
            _lost.Add([]);
        }
    }

    // Hard and soft halves of a dependency stand side by side.
    private static int Behind(ReadOnlySpan<Dependency> all, int first)
    {
        int behind = first + 1;
        while (behind < all.Length
            && all[behind].Dependent == all[first].Dependent
            && all[behind].On == all[first].On)
        {
            behind++;
        }

        return behind;
    }

    private static ReadOnlySpan<Dependency> Pair(
        DependencyGraph graph, DependencyEnd dependent, DependencyEnd on)
    {
        ReadOnlySpan<Dependency> all = graph.DependenciesOf(dependent);
        int vertex = graph.VertexOf(on);
        int low = 0;
        int high = all.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = graph.VertexOf(all[middle].On) < vertex ? (middle + 1, high) : (low, middle);
        }

        return low < all.Length && all[low].On == on ? all[low..Behind(all, low)] : [];
    }

    private static DependencyState StateOf(ReadOnlySpan<Dependency> pair, WaivedPhases waived)
    {
        PhaseSet hard = PhaseSet.None;
        PhaseSet soft = PhaseSet.None;
        long weight = 1;
        foreach (ref readonly Dependency dependency in pair)
        {
            bool isSoft = dependency.Strength == DependencyStrength.Soft;
            soft |= isSoft ? dependency.Phases : PhaseSet.None;
            hard |= isSoft ? PhaseSet.None : dependency.Phases;
            weight = isSoft ? dependency.Weight : weight;
        }

        PhaseSet taken = soft.IsEmpty ? soft : soft & waived.Of(pair[0]);
        return new DependencyState(hard, soft, taken, weight, pair[0].Origin);
    }

    private static Dependency[] Mapped(Dependency[] dependencies, EndMap map) =>
        Array.ConvertAll(dependencies, dependency =>
        {
            map.TryMap(dependency.Dependent, out DependencyEnd dependent);
            map.TryMap(dependency.On, out DependencyEnd on);
            return dependency with { Dependent = dependent, On = on };
        });
}
