namespace GraphOrder;

/// <summary>What waiving alone can do for a problem. Immutable.</summary>
/// <param name="State">What is waived; null where no waiving helps, or none was found.</param>
/// <param name="WeightMin">A weight below which no waiving helps.</param>
/// <param name="IsExact">Whether nothing lighter helps.</param>
/// <param name="IsCheapestOfAll">Whether moving files cannot help either, so that it is the cheapest.</param>
internal sealed record WaiverAnswer(
    RepairState? State, long WeightMin, bool IsExact, bool IsCheapestOfAll);

/// <summary>
/// The lightest set of soft dependencies whose waiving leaves an order, over all named orders at once, since
/// one dependency is in several of them.
/// </summary>
/// <remarks>
/// Cycles are generated as they are needed: waive the lightest set that hits all cycles known so far
/// (<see cref="HittingSet"/>), plan, add the cycles that are left, one of each kind until none shares
/// nothing with the others, and again. When none is left the set is exact; each set before it is a lower
/// bound. Where the budget or the branch and bound gives out, an order of each strong component with little
/// soft weight running backward (<see cref="SoftBackward"/>) gives an answer, and the lower bound stands
/// beside it.
/// </remarks>
internal sealed class WaiverSearch
{
    // Branch and bound over all rounds; measured in tests/GraphOrder.Tests/Repairs/WaiverSearchTests.cs.
    private const int StepMax = 20_000;

    private readonly RepairProblem _problem;
    private readonly WorkBudget _budget;
    private readonly List<int[]> _cycles = [];
    private bool _hasMovable;
    private long _bound;

    public WaiverSearch(RepairProblem problem, WorkBudget budget)
    {
        _problem = problem;
        _budget = budget;
    }

    /// <summary>Looks for it.</summary>
    public WaiverAnswer Run(CancellationToken cancellation)
    {
        // Cycles of hard dependencies first: where there is one, no waiving helps.
        RepairState allWaived = RepairState.Unchanged.WithWaived(SoftDependencies());
        if (_problem.ObstaclesOf(allWaived, cancellation).Count > 0)
        {
            return new WaiverAnswer(null, 0, false, false);
        }

        int steps = StepMax;
        HashSet<int> waived = [];
        while (TryAddCycles(waived, cancellation))
        {
            if (_budget.IsSpent || steps <= 0)
            {
                return Bounded(waived, cancellation);
            }

            int[] lightest = HittingSet.Find(
                _cycles, _problem.WeightOf, ref steps, out long bound, out bool isExact);
            waived = [.. lightest];
            _bound = Math.Max(_bound, bound);
            if (!isExact)
            {
                return Bounded(waived, cancellation);
            }
        }

        return new WaiverAnswer(
            RepairState.Unchanged.WithWaived(waived), _bound, true, !_hasMovable);
    }

    private List<int> SoftDependencies()
    {
        List<int> soft = [];
        for (int i = 0; i < _problem.Dependencies.Length; i++)
        {
            if (_problem.IsSoft(i))
            {
                soft.Add(i);
            }
        }

        return soft;
    }

    // Adds cycles that share nothing with one another, until what is waived and they leave none.
    private bool TryAddCycles(HashSet<int> waived, CancellationToken cancellation)
    {
        HashSet<int> hit = [.. waived];
        bool hasAdded = false;
        while (_budget.TrySpend(_problem.Work))
        {
            cancellation.ThrowIfCancellationRequested();
            List<Obstacle> obstacles = _problem.ObstaclesOf(
                RepairState.Unchanged.WithWaived(hit), cancellation);
            if (obstacles.Count == 0)
            {
                return hasAdded;
            }

            foreach (Obstacle obstacle in obstacles)
            {
                Invariant.Require(
                    obstacle.Soft.Length > 0, "a cycle that waiving removes has something soft");
                hasAdded = true;
                _hasMovable |= obstacle.IsMovable;
                _cycles.Add(obstacle.Soft);
                hit.UnionWith(obstacle.Soft);
            }
        }

        return true;
    }

    private WaiverAnswer Bounded(HashSet<int> waived, CancellationToken cancellation)
    {
        if (_cycles.Count > 0)
        {
            int none = 0;
            HittingSet.Find(_cycles, _problem.WeightOf, ref none, out long bound, out _);
            _bound = Math.Max(_bound, bound);
        }

        // A round more where kernel-moved objects fall inside other sessions after the first one.
        const int roundMax = 8;
        for (int round = 0; round < roundMax; round++)
        {
            RepairState state = RepairState.Unchanged.WithWaived(waived);
            List<Contradiction> left = _problem.FinderFor(state).Contradictions(cancellation);
            if (left.Count == 0)
            {
                return new WaiverAnswer(Lighter(state, cancellation), _bound, false, false);
            }

            foreach (Contradiction found in left)
            {
                SoftBackward.Add(_problem, found, waived);
            }
        }

        return new WaiverAnswer(null, _bound, false, false);
    }

    // Takes back what need not be waived, the heaviest first, as long as the budget lasts.
    private RepairState Lighter(RepairState state, CancellationToken cancellation)
    {
        const int triesMax = 200;
        int[] byWeight = [.. state.Waived];
        Array.Sort(byWeight, (left, right) =>
        {
            int order = _problem.WeightOf(right).CompareTo(_problem.WeightOf(left));
            return order != 0 ? order : left.CompareTo(right);
        });
        HashSet<int> waived = [.. byWeight];
        for (int i = 0; i < Math.Min(byWeight.Length, triesMax) && _budget.TrySpend(_problem.Work); i++)
        {
            waived.Remove(byWeight[i]);
            RepairState without = RepairState.Unchanged.WithWaived(waived);
            if (_problem.FinderFor(without).Contradictions(cancellation).Count > 0)
            {
                waived.Add(byWeight[i]);
            }
        }

        return RepairState.Unchanged.WithWaived(waived);
    }
}
