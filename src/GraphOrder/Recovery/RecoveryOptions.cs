using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What a recovery is told beside the state of the host. Immutable.</summary>
public sealed record RecoveryOptions
{
    /// <summary>No plan, nothing assumed.</summary>
    public static RecoveryOptions Default { get; } = new();

    /// <summary>
    /// What reading the plan that ran gave: it tells in which order files were preserved. Null where nobody
    /// has it; then the canonical plan is assumed, and that is said.
    /// </summary>
    public PlanResult? Plan { get; init; }

    /// <summary>
    /// Objects that count as quiet because somebody made them so: a file with all that it carries, a session
    /// with all its files.
    /// </summary>
    public ImmutableArray<DependencyEnd> AssumeQuiet { get; init; } = [];
}
