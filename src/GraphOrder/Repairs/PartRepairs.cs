namespace GraphOrder;

/// <summary>What solves one part of a set. Immutable.</summary>
/// <param name="Part">The part.</param>
internal sealed record PartRepairs(RepairPart Part)
{
    /// <summary>How many files more than the cheapest repair moves another one may move.</summary>
    private const int FilesBeyond = 1;

    private const int SolutionsMax = 3;

    /// <summary>Where nothing that a repair may do helps: what stands in the way all the same.</summary>
    public Obstacle? Hopeless { get; private init; }

    /// <summary>The cheapest repairs, the cheapest first.</summary>
    public List<SolvedState> Cheapest { get; private init; } = [];

    /// <summary>Whether it is proved that nothing is cheaper than the first one.</summary>
    public bool IsCheapest { get; private init; }

    /// <summary>The cheapest repair that only merges sessions, or one that is merely there.</summary>
    public SolvedState? Merge { get; private init; }

    /// <summary>
    /// The cheapest repair that only moves files into one new session, or one into several that is merely
    /// there.
    /// </summary>
    public SolvedState? NewSession { get; private init; }

    /// <summary>The repair that only waives.</summary>
    public SolvedState? Waive { get; private init; }

    /// <summary>A weight below which no waiving helps.</summary>
    public long WeightMin { get; private init; }

    /// <summary>The cheapest of all that was found; null where nothing was.</summary>
    public SolvedState? Best => Cheapest.FirstOrDefault() ?? NewSession ?? Merge ?? Waive;

    /// <summary>Looks for all of it.</summary>
    /// <returns>Null where the part has an order as it is.</returns>
    public static PartRepairs? Find(RepairPart part, WorkBudget whole, CancellationToken cancellation)
    {
        RepairProblem problem = part.Problem;
        List<Obstacle> obstacles = problem.ObstaclesOf(RepairState.Unchanged, cancellation);
        if (obstacles.Count == 0)
        {
            return null;
        }

        if (obstacles.Find(static obstacle => obstacle.IsHopeless) is { } hopeless)
        {
            return new PartRepairs(part) { Hopeless = hopeless };
        }

        WorkBudget budget = whole.Part(2);
        WaiverAnswer waive = new WaiverSearch(problem, budget.Part(3)).Run(cancellation);
        SolvedState? waived = Solved(problem, waive.State, budget, cancellation);
        if (waive.IsCheapestOfAll)
        {
            return new PartRepairs(part)
            {
                Cheapest = [waived!],
                IsCheapest = true,
                Waive = waived,
                WeightMin = waive.WeightMin,
            };
        }

        RepairSearch Within(RepairMoves moves) => new(problem, moves, budget.Part(2));
        RepairSearch all = Within(RepairMoves.All);
        List<RepairState> cheapest = all.Run(SolutionsMax, FilesBeyond, cancellation);
        RepairState? merge = Within(RepairMoves.Merges).Run(1, 0, cancellation).FirstOrDefault();
        RepairState? newSession = Within(RepairMoves.NewSession).Run(1, 0, cancellation).FirstOrDefault();
        if (newSession is not null && problem.CostOf(newSession).SessionsMerged > 0)
        {
            // Merging under a new name, and dearer than that.
            newSession = null;
        }

        merge ??= cheapest.Count == 0 ? GreedyRepair.Find(problem, cancellation) : null;
        newSession ??= cheapest.Count == 0 && merge is null ? GreedySplit.Find(problem, cancellation) : null;
        return new PartRepairs(part)
        {
            Cheapest = [.. cheapest.Select(state => Solved(problem, state, budget, cancellation)!)],
            IsCheapest = cheapest.Count > 0 && !all.IsNarrowed,
            Merge = Solved(problem, merge, budget, cancellation),
            NewSession = Solved(problem, newSession, budget, cancellation),
            Waive = waived,
            WeightMin = waive.WeightMin,
        };
    }

    private static SolvedState? Solved(
        RepairProblem problem, RepairState? state, WorkBudget budget, CancellationToken cancellation) =>
        state is null ? null : SolvedState.Of(problem, state, budget, cancellation);
}
