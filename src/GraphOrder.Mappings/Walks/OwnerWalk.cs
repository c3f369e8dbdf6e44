using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Walks the table of one iommu_domain once, for the memfds that it maps and for whatever else is wanted of
/// it. Immutable and thread-safe: each walk has its own counts.
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
    private readonly SessionSet _set;
    private readonly ObjectId _domain;
    private readonly SetOwners _owners;

    internal OwnerWalk(SessionSet set, ObjectId domain, SetOwners owners, PlatformRanges platform)
    {
        _set = set;
        _domain = domain;
        _owners = owners;
        Facts = FactsOf(set.Objects[domain.Index].Facts.PageTable, platform);
    }

    /// <summary>
    /// Why the set cannot say whose memory is whose, in a few words; null where it can. A walk counts no
    /// owners then that could be believed.
    /// </summary>
    public string? Flaw => _owners.Flaw;

    /// <summary>What the set says of the domain's table and of the machine.</summary>
    public WalkFacts Facts { get; }

    /// <summary>Reads where the memfds of a set lie, O(extents), and what it says of a domain.</summary>
    /// <param name="set">The set.</param>
    /// <param name="domain">An iommu_domain of it.</param>
    /// <param name="folder">The folder that paths of folio records are relative to.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OwnerWalk Of(
        SessionSet set, ObjectId domain, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(folder);
        return new(set, domain, SetOwners.Of(set, folder, cancellation), new(set.Platform));
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
    /// Whose memory the table maps; its findings are of memory that nobody owns, the table's own faults are
    /// not among them.
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
        OwnedSink<TSink> both = new(NewSink(facts), sink);
        WalkSummary summary = PageTableWalker.Walk<TFormat, TMemory, OwnedSink<TSink>>(
            top, topLevel, memory, ref both, facts, limits, workspace, cancellationToken);
        sink = both.Others;
        walked = Answer(both.Owners);
        return summary;
    }

    /// <summary>A sink that counts owners.</summary>
    internal OwnerSink NewSink(WalkFacts facts) => new(_owners.Map, facts.Preserved, _set.Objects.Length);

    /// <summary>What a sink counted.</summary>
    internal WalkedDomain Answer(in OwnerSink sink) => new(_domain)
    {
        Owners = Owners(sink),
        Findings = Strays(sink),
    };

    private static WalkFacts FactsOf(PageTableFacts? table, PlatformRanges platform)
    {
        ulong sizes = 0;
        foreach (long size in table?.PageSizes ?? [])
        {
            sizes |= (ulong)size;
        }

        return new()
        {
            PhysicalBits = table?.OutputBits,
            InputBits = table?.InputBits,
            RootTables = table?.RootTables,
            EncryptionBit = table?.EncryptionBit,
            PageSizes = sizes == 0 ? null : sizes,
            IsNestParent = table?.NestParent,
            Preserved = platform.Preserved,
            Scratch = platform.Scratch,
            Mmio = platform.Mmio,
        };
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

    // Where some memfd does not say where it lies, what nobody is known to own may be that one's.
    private ImmutableArray<Diagnostic> Strays(in OwnerSink sink) => sink.StrayBytes == 0 ? [] :
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
