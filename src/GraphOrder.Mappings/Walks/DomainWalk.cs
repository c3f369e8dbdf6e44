using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Walks the table of one iommu_domain, once its format is known. Used once.</summary>
internal sealed class DomainWalk : IFormatVisitor<WalkedDomain>
{
    private readonly SessionSet _set;
    private readonly ObjectId _domain;
    private readonly PageTableFacts _table;
    private readonly PhysicalImage _image;
    private readonly SetOwners _owners;
    private readonly PlatformRanges _platform;
    private readonly WalkLimits _limits;
    private readonly CancellationToken _cancellation;

    public DomainWalk(
        SessionSet set,
        ObjectId domain,
        PhysicalImage image,
        SetOwners owners,
        PlatformRanges platform,
        WalkLimits limits,
        CancellationToken cancellation)
    {
        _set = set;
        _domain = domain;
        _table = set.Objects[domain.Index].Facts.PageTable!;
        _image = image;
        _owners = owners;
        _platform = platform;
        _limits = limits;
        _cancellation = cancellation;
    }

    /// <inheritdoc/>
    public WalkedDomain Visit<TFormat>()
        where TFormat : struct, IPageTableFormat
    {
        OwnerSink sink = new(_owners.Map, _platform.Preserved, _set.Objects.Length);
        WalkSummary summary = PageTableWalker.Walk<TFormat, FileMemory, OwnerSink>(
            _table.Root,
            _table.TopLevel,
            _image.Memory,
            ref sink,
            Facts(),
            AllFaults(_limits),
            new(),
            _cancellation);
        return new WalkedDomain(_domain)
        {
            Owners = Owners(sink),
            Findings = [.. Faults(sink.Faults, summary), .. Strays(sink)],
        };
    }

    // The sink keeps one of each kind, so that none is missed for want of room.
    private static WalkLimits AllFaults(WalkLimits limits) => limits with { FaultMax = int.MaxValue };

    private WalkFacts Facts() => new()
    {
        PhysicalBits = _table.OutputBits,
        InputBits = _table.InputBits,
        RootTables = _table.RootTables,
        EncryptionBit = _table.EncryptionBit,
        PageSizes = PageSizes(),
        IsNestParent = _table.NestParent,
        Preserved = _platform.Preserved,
        Scratch = _platform.Scratch,
        Mmio = _platform.Mmio,
    };

    private ulong? PageSizes()
    {
        ulong sizes = 0;
        foreach (long size in _table.PageSizes)
        {
            sizes |= (ulong)size;
        }

        return sizes == 0 ? null : sizes;
    }

    private static ImmutableArray<MappedOwner> Owners(in OwnerSink sink)
    {
        ImmutableArray<MappedOwner>.Builder owners = ImmutableArray.CreateBuilder<MappedOwner>();
        for (int id = 0; id < sink.Tallies.Length; id++)
        {
            OwnerTally tally = sink.Tallies[id];
            if (tally.Bytes > 0)
            {
                owners.Add(new MappedOwner(
                    new ObjectId(id),
                    tally.FirstIova,
                    tally.FirstPhysical,
                    (long)Math.Min(tally.Bytes, long.MaxValue),
                    (Access)(tally.Access & PageAccess.ReadWrite)));
            }
        }

        return owners.ToImmutable();
    }

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

    // Where some memfd does not say where it lies, what nobody is known to own may be that one's.
    private Diagnostic[] Strays(in OwnerSink sink) => sink.StrayBytes == 0 ? [] :
    [
        new Diagnostic(
            _owners.Map.IsWhole ? DiagnosticCode.OutputNotPreserved : DiagnosticCode.OwnerUnknown,
            _owners.Map.IsWhole ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
        {
            Subjects = [_set.NameOf(_domain)],
            Facts =
            [
                new("bytes", (long)UInt128.Min(sink.StrayBytes, long.MaxValue)),
                new("iova", $"0x{sink.FirstStray.Iova:x}"),
                new("physical", $"0x{sink.FirstStray.Physical:x}"),
                new("count", _owners.UnknownCount),
            ],
            Location = _set.Objects[_domain.Index].Location,
        },
    ];
}
