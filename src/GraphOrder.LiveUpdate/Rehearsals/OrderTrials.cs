using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>Orders drawn by lot from all that the declared dependencies allow, and what became of them.
/// Immutable.
/// </summary>
public sealed class OrderTrials
{
    /// <summary>The seed; trial N is drawn with seed + N.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many orders ran to their end.</summary>
    public required int Tried { get; init; }

    /// <summary>How many of them broke a dependency or were refused.</summary>
    public required int Broke { get; init; }

    /// <summary>The seed of the first that did; drawn alone it does so again. Null where none did.</summary>
    public ulong? FirstSeed { get; init; }

    /// <summary>That one.</summary>
    public Rehearsal? First { get; init; }

    /// <summary>How many times the holder of the sessions was killed at a step by lot.</summary>
    public required int Deaths { get; init; }

    /// <summary>How many of those deaths broke a dependency: the kernel closes in no order of ours.</summary>
    public required int DeathsThatBroke { get; init; }

    /// <summary>How many of those deaths lost content.</summary>
    public required int DeathsThatLost { get; init; }

    /// <summary>What the set should declare, for those that broke; in the order in which they were
    /// found.</summary>
    public ImmutableArray<MissingDependency> Missing { get; init; } = [];
}
