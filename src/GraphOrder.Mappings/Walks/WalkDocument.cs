using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What a walk found, as <see cref="WalkWriter"/> writes it.</summary>
/// <param name="Format">The table's format.</param>
/// <param name="Root">Physical address of the root.</param>
/// <param name="TopLevel">Its level.</param>
/// <param name="Summary">What was counted.</param>
/// <param name="Faults">The faults that are listed.</param>
public sealed record WalkDocument(
    FormatDescription Format, ulong Root, int TopLevel, WalkSummary Summary,
    IReadOnlyList<PageTableFault> Faults)
{
    /// <summary>The device whose table it is; null where the root was named.</summary>
    public DeviceAddress? Device { get; init; }

    /// <summary>The domain's number, where an entry was followed that holds it.</summary>
    public int? DomainId { get; init; }

    /// <summary>Hands out the runs, in the order of addresses; null where they are not listed.</summary>
    public Action<Action<LeafRun>>? ListRuns { get; init; }

    /// <summary>The set that was asked whose memory it is; null where nobody asked.</summary>
    public SessionSet? Set { get; init; }

    /// <summary>Whether that set says what the domain should map.</summary>
    public bool HasAreas { get; init; }

    /// <summary>Whose memory the table maps; null where nobody asked.</summary>
    public WalkedDomain? Walked { get; init; }

    /// <summary>What is mapped against the set, the gravest first.</summary>
    public ImmutableArray<Diagnostic> Findings { get; init; } = [];

    /// <summary>Asked when everything has been read: why it may be torn; null where that cannot be.</summary>
    public Func<Diagnostic?>? Torn { get; init; }

    /// <summary>Whether the whole table was walked, has no error, and maps nothing that it may not.</summary>
    public bool IsSound => Summary.Errors == 0 && Summary.SkippedTables == 0
        && !Findings.Any(static found => found.IsError);
}
