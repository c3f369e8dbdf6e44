using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Walks the table of one iommu_domain once, for the memfds that it maps, for what speaks against its areas,
/// and for whatever else is wanted of it. Thread-safe: each walk has its own counts.
/// </summary>
/// <example>
/// <code>
/// OwnerWalk owners = OwnerWalk.Of(set, domain, folderOfTheDocument);
/// WalkSummary summary = owners.Walk&lt;AmdV1, FileMemory, MySink&gt;(
///     root, 3, image.Memory, ref sink, owners.Facts, WalkLimits.Default, new(), default,
///     out WalkedDomain walked);
/// </code>
/// </example>
public sealed class OwnerWalk
{
    private readonly HostMappings _host;
    private readonly ObjectId _domain;

    internal OwnerWalk(HostMappings host, ObjectId domain)
    {
        _host = host;
        _domain = domain;
        Facts = host.FactsOf(host.Set.Objects[domain.Index].Facts.PageTable);
    }

    /// <summary>
    /// Why the set cannot say whose memory is whose, in a few words; null where it can. A walk counts no
    /// owners then that could be believed. Asked first, it reads all folio records.
    /// </summary>
    public string? Flaw => _host.Memory.Owners.Flaw;

    /// <summary>
    /// Whether the set says what the domain should map: else defects against areas cannot be told.
    /// </summary>
    public bool HasAreas => _host.Areas.Of(_host.Set, _domain).Any();

    /// <summary>What the set says of the domain's table and of the machine.</summary>
    public WalkFacts Facts { get; }

    /// <summary>Takes a set, and what it says of a domain.</summary>
    /// <param name="set">The set.</param>
    /// <param name="domain">An iommu_domain of it.</param>
    /// <param name="folder">The folder that paths of folio records are relative to.</param>
    /// <param name="cancellation">Cancels the reading of records.</param>
    public static OwnerWalk Of(
        SessionSet set, ObjectId domain, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(folder);
        return new(new(set, folder, WalkLimits.Default, cancellation), domain);
    }

    /// <summary>Walks; the parameters are those of <see cref="PageTableWalker"/>.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TSink">What else takes the findings.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="sink">Takes rows, runs and faults.</param>
    /// <param name="facts">What the table does not say of itself; what it has preserved is nobody's.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="workspace">The memory of the walk.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <param name="walked">
    /// Whose memory the table maps, and what speaks against that; the table's own faults are not among its
    /// findings.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public WalkSummary Walk<TFormat, TMemory, TSink>(
        ulong top, int topLevel, TMemory memory, ref TSink sink, WalkFacts facts, WalkLimits limits,
        WalkWorkspace workspace, CancellationToken cancellationToken, out WalkedDomain walked)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink
    {
        ArgumentNullException.ThrowIfNull(facts);
        PhysicalRangeSet tables = PageTableWalker.FindTables<TFormat, TMemory>(
            top, topLevel, memory, facts, limits, cancellationToken);
        _host.Memory.Tables = tables;
        Judgement judgement = new(_host, _domain, facts);
        MappingSink judging = judgement.NewSink<TFormat>();
        OwnedSink<TSink> both = new(judging, sink);
        WalkSummary summary = PageTableWalker.Walk<TFormat, TMemory, OwnedSink<TSink>>(
            top, topLevel, memory, ref both, facts, limits, workspace, cancellationToken);
        sink = both.Others;
        WalkedDomain[] answer = [judgement.Answer(summary)];
        new CrossFindings(_host, [tables]).AddTo(answer);
        walked = answer[0];
        return summary;
    }

    /// <summary>
    /// Walks for the domain alone: tables that hold what the areas predict are told at once, which is much
    /// faster. Faults come first among the findings, the first of the gravest of each kind.
    /// </summary>
    internal WalkedDomain Walk<TFormat>(PageTableFacts table, PhysicalImage image)
        where TFormat : struct, IPageTableFormat
    {
        Judgement judgement = new(_host, _domain, Facts);
        OwnedSink<GravestFaults> both = new(judgement.NewSink<TFormat>(), new());

        // The sink keeps one fault of each kind, so that none is missed for want of room.
        WalkLimits limits = _host.Limits with { FaultMax = int.MaxValue };
        WalkSummary summary = judgement.Areas is { } areas
            ? PageTableWalker.Walk<TFormat, FileMemory, AreaPrediction, OwnedSink<GravestFaults>>(
                table.Root, table.TopLevel, image.Memory, new(areas), ref both, Facts, limits, new(),
                _host.Cancellation)
            : PageTableWalker.Walk<TFormat, FileMemory, OwnedSink<GravestFaults>>(
                table.Root, table.TopLevel, image.Memory, ref both, Facts, limits, new(),
                _host.Cancellation);
        WalkedDomain walked = judgement.Answer(summary);
        return walked.WhyNot is not null ? walked : walked with
        {
            Findings =
            [
                .. Faults(both.Others.Faults, summary), .. walked.Findings, .. Torn(table, image, summary),
            ],
        };
    }

    // One for each kind of fault, with how many there are.
    private IEnumerable<Diagnostic> Faults(IEnumerable<PageTableFault> faults, WalkSummary summary)
    {
        foreach (PageTableFault fault in faults)
        {
            Diagnostic told = PageTableDiagnostics.Of(fault);
            yield return OfDomain(told) with
            {
                Facts = [.. told.Facts, new("count", summary.FaultCount(fault.Kind))],
            };
        }
    }

    private IEnumerable<Diagnostic> Torn(PageTableFacts table, PhysicalImage image, WalkSummary summary)
    {
        if (PageTableDiagnostics.Torn(image, table.Image!, summary) is { } torn)
        {
            yield return OfDomain(torn);
        }
    }

    private Diagnostic OfDomain(Diagnostic told) => told with
    {
        Subjects = [_host.Set.NameOf(_domain)],
        Location = _host.Set.Objects[_domain.Index].Location,
    };
}
