using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What became of a change. Immutable and thread-safe.</summary>
public sealed record ChangeResult
{
    private ChangeResult(ImmutableArray<Diagnostic> diagnostics) => Diagnostics = diagnostics;

    /// <summary>Whether all of it is in the graph; else none of it is.</summary>
    public bool IsCommitted => Diagnostics.IsEmpty;

    /// <summary>
    /// Why it was refused, as <see cref="Planner"/> says it of the set that it would have made; empty where
    /// it was not.
    /// </summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The first cycle that it would have closed; null where it was not refused.</summary>
    public DependencyCycle? Cycle => Diagnostics.IsEmpty ? null : Diagnostics[0].Cycle;

    internal static ChangeResult Committed { get; } = new([]);

    internal static ChangeResult Refused(ImmutableArray<Diagnostic> diagnostics) => new(diagnostics);
}
