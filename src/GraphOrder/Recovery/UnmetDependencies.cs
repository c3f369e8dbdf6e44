using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Tells what objects still wait for as dependencies: for each step that is awaited, and each end that
/// waits for it, the first one.
/// </summary>
internal sealed class UnmetDependencies
{
    private readonly WaitRelation _relation;
    private readonly TakingOrder _order;
    private readonly TakingUnits _units;
    private readonly Phase _phase;

    public UnmetDependencies(WaitRelation relation, TakingOrder order, TakingUnits units, Phase phase)
    {
        _relation = relation;
        _order = order;
        _units = units;
        _phase = phase;
    }

    /// <summary>What some objects wait for, in the order of those objects.</summary>
    public ImmutableArray<UnmetDependency> Of(IEnumerable<int> waiters)
    {
        ImmutableArray<UnmetDependency>.Builder unmet = ImmutableArray.CreateBuilder<UnmetDependency>();
        HashSet<(int Waiter, int Step)> told = [];
        foreach (int each in waiters)
        {
            foreach ((int waiter, int awaited, List<int> through) in _order.Unmet(each))
            {
                int step = _relation.IsMover(awaited)
                    ? _units.StepOf(new ObjectId(awaited))
                    : awaited;
                if (told.Add((waiter, step)))
                {
                    unmet.Add(Of(waiter, awaited, through));
                }
            }
        }

        return unmet.ToImmutable();
    }

    private UnmetDependency Of(int waiter, int awaited, List<int> through)
    {
        bool neededFirst = _phase.NeededGoesFirst();
        if (!neededFirst)
        {
            through.Reverse();
        }

        DependencyEnd waiting = _relation.EndOf(waiter);
        DependencyEnd other = _relation.EndOf(awaited);
        return new UnmetDependency(
            neededFirst ? waiting : other,
            neededFirst ? other : waiting,
            [.. through.Select(id => new ObjectId(id))],
            _phase);
    }
}
