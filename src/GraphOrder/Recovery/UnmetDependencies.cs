using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Tells what objects still wait for as dependencies. Where the needing goes first: for each step that
/// needs, and each object that is needed, the first; where the needed goes first: for each pair of steps.
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
                bool isMover = _phase.NeededGoesFirst() && _relation.IsMover(waiter);
                int waiting = isMover ? _units.StepOf(new ObjectId(waiter)) : waiter;
                if (told.Add((waiting, step)))
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
