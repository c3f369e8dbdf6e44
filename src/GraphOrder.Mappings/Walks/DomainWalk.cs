using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Walks the table of one iommu_domain, once its format is known. Used once.</summary>
internal sealed class DomainWalk : IFormatVisitor<WalkedDomain>
{
    private readonly SessionSet _set;
    private readonly ObjectId _domain;
    private readonly PageTableFacts _table;
    private readonly PhysicalImage _image;
    private readonly OwnerWalk _owners;
    private readonly WalkLimits _limits;
    private readonly CancellationToken _cancellation;

    public DomainWalk(
        SessionSet set,
        ObjectId domain,
        PhysicalImage image,
        OwnerWalk owners,
        WalkLimits limits,
        CancellationToken cancellation)
    {
        _set = set;
        _domain = domain;
        _table = set.Objects[domain.Index].Facts.PageTable!;
        _image = image;
        _owners = owners;
        _limits = limits;
        _cancellation = cancellation;
    }

    /// <inheritdoc/>
    public WalkedDomain Visit<TFormat>()
        where TFormat : struct, IPageTableFormat
    {
        OwnerSink sink = _owners.NewSink(_owners.Facts);
        WalkSummary summary = PageTableWalker.Walk<TFormat, FileMemory, OwnerSink>(
            _table.Root,
            _table.TopLevel,
            _image.Memory,
            ref sink,
            _owners.Facts,
            AllFaults(_limits),
            new(),
            _cancellation);
        WalkedDomain walked = _owners.Answer(sink);
        return walked with
        {
            Findings = [.. Faults(sink.Faults, summary), .. walked.Findings, .. Torn(summary)],
        };
    }

    private IEnumerable<Diagnostic> Torn(WalkSummary summary)
    {
        if (PageTableDiagnostics.Torn(_image, _table.Image!, summary) is { } torn)
        {
            yield return torn with
            {
                Subjects = [_set.NameOf(_domain)],
                Location = _set.Objects[_domain.Index].Location,
            };
        }
    }

    // The sink keeps one of each kind, so that none is missed for want of room.
    private static WalkLimits AllFaults(WalkLimits limits) => limits with { FaultMax = int.MaxValue };

    // One for each kind of fault, with how many there are.
    private IEnumerable<Diagnostic> Faults(IEnumerable<PageTableFault> faults, WalkSummary summary)
    {
        foreach (PageTableFault fault in faults)
        {
            if (fault.Severity != FaultSeverity.Info)
            {
                Diagnostic told = PageTableDiagnostics.Of(fault);
                yield return told with
                {
                    Subjects = [_set.NameOf(_domain)],
                    Facts = [.. told.Facts, new("count", summary.FaultCount(fault.Kind))],
                    Location = _set.Objects[_domain.Index].Location,
                };
            }
        }
    }
}
