using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Where something stands in a phase of the canonical plan.</summary>
/// <param name="Step">Its step; of a session the first one.</param>
/// <param name="Wave">The step's wave.</param>
public readonly record struct PlannedPlace(int Step, int Wave);

/// <summary>Why one end goes before another in a phase. Names, not ids. Immutable.</summary>
/// <param name="First">The end asked about first: an id, or <c>session:NAME</c>.</param>
/// <param name="Then">The other end.</param>
/// <param name="Rule">How the model decides the phase.</param>
/// <param name="Model">The lifecycle model, or <c>OLD:NEW</c>.</param>
/// <param name="Verdict">What orders them.</param>
public sealed record OrderExplanation(
    string First, string Then, PhaseRule Rule, string Model, OrderVerdict Verdict)
{
    /// <summary>What each of the six phases does, in phase order.</summary>
    public required ImmutableArray<CyclePhase> Rules { get; init; }

    /// <summary>
    /// A shortest chain of dependencies, in the direction in which the phase runs: from the end that must
    /// go first to the other one. Empty where nothing orders them.
    /// </summary>
    public ImmutableArray<CycleStep> Chain { get; init; } = [];

    /// <summary>
    /// Whether the chain, and what would let the other end go first, begin at <see cref="Then"/>.
    /// </summary>
    public bool IsTurned { get; init; }

    /// <summary>
    /// Whether they are ordered as sessions, because the phase takes one session after another.
    /// </summary>
    public bool IsBySession { get; init; }

    /// <summary>The file, session or <c>everything</c> that moves both; null where they move apart.</summary>
    public string? MovesIn { get; init; }

    /// <summary>Whether an end is moved by the kernel itself: then only objects are ordered.</summary>
    public bool HasKernelMoved { get; init; }

    /// <summary>Where the first one stands; null where there is no plan, or it has no step.</summary>
    public PlannedPlace? FirstPlace { get; init; }

    /// <summary>Where the other one stands.</summary>
    public PlannedPlace? ThenPlace { get; init; }

    /// <summary>
    /// The least change that would let the other one go first; null where nothing needs to change, or where
    /// the set has no plan that could be changed.
    /// </summary>
    public Counterfactual? Counterfactual { get; init; }

    /// <summary>Why the set has no plan, where it has none.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];
}
