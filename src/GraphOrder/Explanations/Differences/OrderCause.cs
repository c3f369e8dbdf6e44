using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What turned steps round. Immutable.</summary>
/// <param name="Kind">What kind of thing it is.</param>
public sealed record OrderCause(OrderCauseKind Kind)
{
    /// <summary>
    /// Positions in <see cref="PlanDifference.Dependencies"/>: changes that restore the order of the
    /// witness when they are taken back together, none of which is superfluous. Empty for other kinds.
    /// </summary>
    public ImmutableArray<int> Changes { get; init; } = [];

    /// <summary>How many of the moved steps that are told moved because of it.</summary>
    public int MovedCount { get; init; }

    /// <summary>
    /// Whether all turned pairs of all phases are in their first order again once it is taken back.
    /// </summary>
    public bool IsWhole { get; init; }

    /// <summary>The phase of its witness.</summary>
    public Phase Phase { get; init; }

    /// <summary>The moved step of its witness.</summary>
    public StepName Step { get; init; }

    /// <summary>The step that was turned round with it.</summary>
    public StepName Other { get; init; }

    /// <summary>
    /// The shortest chain of dependencies that orders the witness, in the direction in which the phase runs;
    /// empty where nothing orders it: then the waves do.
    /// </summary>
    public ImmutableArray<CycleStep> Chain { get; init; } = [];

    /// <summary>Whether the chain is one of the first set, which the second lacks.</summary>
    public bool IsChainOfFirst { get; init; }

    /// <summary>The wave of the witness's moved step in the first plan, and in the second.</summary>
    public (int First, int Second) StepWaves { get; init; }

    /// <summary>The wave of the witness's other step in the first plan, and in the second.</summary>
    public (int First, int Second) OtherWaves { get; init; }
}

/// <summary>What can turn steps round.</summary>
public enum OrderCauseKind : byte
{
    /// <summary>Dependencies that one set has and the other has not, or has otherwise.</summary>
    Dependencies,

    /// <summary>The models decide the phase differently.</summary>
    Model,

    /// <summary>The phase runs in preserve order or against it, and that turned the steps.</summary>
    Preserve,

    /// <summary>Objects or sessions that only one set has, or that live elsewhere.</summary>
    Objects,

    /// <summary>The sets name the two in another order, and nothing else orders them.</summary>
    Document,

    /// <summary>The second plan has another order than the planner gives its set.</summary>
    Chosen,

    /// <summary>Nothing that the two sets say.</summary>
    Unknown,
}
