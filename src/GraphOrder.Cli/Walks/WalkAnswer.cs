using System.Collections.Immutable;
using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What a walk found, to be written. Immutable but for what walks again.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Image">The image.</param>
/// <param name="Root">Where the walk began.</param>
/// <param name="Summary">What was counted.</param>
/// <param name="Faults">The faults that are listed.</param>
/// <param name="Walked">Whose memory the table maps; null where nobody asked.</param>
/// <param name="ListRuns">Walks again and hands out the runs; null where nobody asked for them.</param>
internal sealed record WalkAnswer(
    WalkQuery Query, PhysicalImage Image, WalkRoot Root, WalkSummary Summary, List<PageTableFault> Faults,
    WalkedDomain? Walked, Action<Action<LeafRun>>? ListRuns)
{
    /// <summary>
    /// What the table maps against what the set preserves and declares, the gravest first; empty where nobody
    /// asked.
    /// </summary>
    public ImmutableArray<Diagnostic> Findings { get; } = Walked is null ? [] :
    [
        .. MappedAcceptance.Compare(Query.Set!.Set, Walked, KernelPair.Of(Query.Set.Set.Host))
            .Concat(Walked.Findings)
            .OrderByDescending(static found => found.Severity)
            .ThenBy(static found => found.Code),
    ];

    /// <summary>Whether the whole table was walked, has no error, and maps nothing that it may not.</summary>
    public bool IsSound => Summary.Errors == 0 && Summary.SkippedTables == 0
        && !Findings.Any(static found => found.IsError);

    /// <summary>The same, as a document.</summary>
    public WalkDocument Document() => new(Root.Format.Description, Root.Top, Root.TopLevel, Summary, Faults)
    {
        Device = Query.Device,
        DomainId = Root.DomainId,
        ListRuns = ListRuns,
        Set = Query.Set?.Set,
        HasAreas = Query.Set?.Owners.HasAreas == true,
        Walked = Walked,
        Findings = Findings,
        Torn = Torn,
    };

    /// <summary>Why what was read by now may be torn; null where nothing speaks for it.</summary>
    public Diagnostic? Torn() =>
        PageTableDiagnostics.Torn(Image, Printable.Of(Query.Image), Summary);
}
