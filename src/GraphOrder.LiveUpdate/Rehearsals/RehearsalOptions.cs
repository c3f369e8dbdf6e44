using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>What goes wrong in a rehearsal.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Nothing.</summary>
    public static RehearsalOptions Default { get; } = new();

    /// <summary>Errors of handlers.</summary>
    public ImmutableArray<SimulatedFault> Faults { get; init; } = [];

    /// <summary>The step after which the holder of the sessions is killed; null where it lives.</summary>
    public int? KillAt { get; init; }
}
