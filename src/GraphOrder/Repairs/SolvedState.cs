namespace GraphOrder;

/// <summary>
/// Changes that leave no obstacle, with the fewest phases of each dependency waived that will do. Immutable.
/// </summary>
internal sealed class SolvedState
{
    private readonly PhaseSet[] _before;
    private readonly PhaseSet[] _after;

    private SolvedState(RepairState state, PhaseSet[] before, PhaseSet[] after)
    {
        State = state;
        _before = before;
        _after = after;
    }

    /// <summary>The changes.</summary>
    public RepairState State { get; }

    /// <summary>The phases in which a dependency is waived.</summary>
    public PhaseSet PhasesOf(int dependency) => _before[dependency] - _after[dependency];

    /// <summary>
    /// Gives back every phase that can bind after all, in phase order, as long as the budget lasts.
    /// </summary>
    public static SolvedState Of(
        RepairProblem problem, RepairState state, WorkBudget budget, CancellationToken cancellation)
    {
        PhaseSet[] phases = problem.PhasesOf(state);
        foreach (int dependency in state.Waived)
        {
            foreach (Phase phase in problem.Phases[dependency])
            {
                if (!budget.TrySpend(problem.Work))
                {
                    break;
                }

                phases[dependency] = phases[dependency].With(phase);
                if (problem.ObstaclesOf(state, phases, cancellation).Count > 0)
                {
                    phases[dependency] = phases[dependency].Without(phase);
                }
            }
        }

        return new SolvedState(state, [.. problem.Phases], phases);
    }
}
