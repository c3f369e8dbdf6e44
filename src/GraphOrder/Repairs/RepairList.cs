using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What was found to repair a set. Immutable.</summary>
public sealed record RepairList
{
    /// <summary>Nothing to repair, or nothing found.</summary>
    public static RepairList None { get; } = new();

    /// <summary>The repairs, the cheapest first; each makes the whole set legal by itself.</summary>
    public ImmutableArray<Repair> Repairs { get; init; } = [];

    /// <summary>Whether it is proved that nothing is cheaper than the first one.</summary>
    public bool IsCheapest { get; init; }

    /// <summary>The other built-in models under which the set is legal as it stands.</summary>
    public ImmutableArray<string> LegalModels { get; init; } = [];

    /// <summary>Why the list is not longer, where that is worth knowing.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}
