using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What one model makes of a set. Immutable.</summary>
/// <param name="Model">The name of the model, or <see cref="ModelComparer.PushGate"/>.</param>
/// <param name="Release">The kernel that is asked whether it accepts the set.</param>
public sealed record ModelComparison(string Model, string Release)
{
    /// <summary>Why there is no legal order; empty where there is one.</summary>
    public ImmutableArray<Diagnostic> Errors { get; init; } = [];

    /// <summary>The codes by which the kernel would refuse steps, sorted; empty where it takes all.</summary>
    public ImmutableArray<DiagnosticCode> Refusals { get; init; } = [];

    /// <summary>Each memfd in document order; empty where there is no legal order.</summary>
    public ImmutableArray<MemfdWindow> Memfds { get; init; } = [];

    /// <summary>Where there is no legal order: what could be released under a device.</summary>
    public ImmutableArray<ReleaseDanger> Dangers { get; init; } = [];

    /// <summary>How long something waits at finish; null where there is no legal order.</summary>
    public FinishWait? Wait { get; init; }

    /// <summary>What has to be remembered.</summary>
    public required Bookkeeping Bookkeeping { get; init; }

    /// <summary>Whether an order exists.</summary>
    public bool IsLegal => Errors.IsEmpty;

    /// <summary>Whether the kernel takes every step, as far as the set can show it.</summary>
    public bool IsAccepted => Refusals.IsEmpty;

    /// <summary>How many memfds are exposed for some time.</summary>
    public int ExposedCount { get; init; }

    /// <summary>Whether an order exists and no memfd is exposed at any time.</summary>
    public bool IsSafe => IsLegal && ExposedCount == 0;
}
