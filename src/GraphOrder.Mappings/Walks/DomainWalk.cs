using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Walks the table of one iommu_domain, once its format is known. Used once.</summary>
/// <param name="host">The set and what was made of it.</param>
/// <param name="domain">The domain.</param>
/// <param name="image">The image that holds its table.</param>
internal sealed class DomainWalk(HostMappings host, ObjectId domain, PhysicalImage image)
    : IFormatVisitor<WalkedDomain>
{
    private readonly SessionSet _set = host.Set;
    private readonly PageTableFacts _table = host.Set.Objects[domain.Index].Facts.PageTable!;
    private readonly MappingFindings _findings = new();

    /// <inheritdoc/>
    public WalkedDomain Visit<TFormat>()
        where TFormat : struct, IPageTableFormat
    {
        ExpectedArea[] areas = ExpectedAreas.Of(
            _set, host.Areas.Of(_set, domain), host.Memory, AccessIn<TFormat>, _findings, out string? flaw);
        if (flaw is not null)
        {
            return new WalkedDomain(domain) { WhyNot = flaw };
        }

        WalkFacts facts = host.FactsOf(_table);
        OwnerJudge owners = new(host.Memory, host.Platform, _findings);
        AreaJudge? judge = areas.Length == 0
            ? null
            : new(areas, SizesOf<TFormat>(facts.PageSizes), owners, _findings);
        MappingSink sink = new(owners, judge);
        WalkSummary summary = Walk<TFormat>(judge, ref sink, facts);
        judge?.End();
        if (owners.Flaw is not null)
        {
            return new WalkedDomain(domain) { WhyNot = owners.Flaw };
        }

        if (judge is not null)
        {
            TellOtherSessions(areas);
        }

        if (summary.MappedBytes == 0)
        {
            _findings.Tell(DiagnosticCode.DomainWithoutMapping, DiagnosticSeverity.Info, 0, 0, 0);
        }

        return new WalkedDomain(domain)
        {
            Owners = Owners(),
            Findings =
            [
                .. Faults(sink.Faults, summary),
                .. _findings.Found.Select(found => MappingDiagnostics.Of(
                    found, _set, domain, owners.IsAsked ? host.Memory.Owners.UnknownCount : 0)),
            ],
        };
    }

    private WalkSummary Walk<TFormat>(AreaJudge? judge, ref MappingSink sink, WalkFacts facts)
        where TFormat : struct, IPageTableFormat
    {
        // The sink keeps one fault of each kind, so that none is missed for want of room.
        WalkLimits limits = host.Limits with { FaultMax = int.MaxValue };
        return judge is null
            ? PageTableWalker.Walk<TFormat, FileMemory, MappingSink>(
                _table.Root, _table.TopLevel, image.Memory, ref sink, facts, limits, new(), host.Cancellation)
            : PageTableWalker.Walk<TFormat, FileMemory, AreaPrediction, MappingSink>(
                _table.Root, _table.TopLevel, image.Memory, new(judge), ref sink, facts, limits, new(),
                host.Cancellation);
    }

    // What an access comes to in a format: some cannot say that a device may write and not read.
    private static PageAccess AccessIn<TFormat>(PageAccess access)
        where TFormat : struct, IPageTableFormat
    {
        ulong leaf = TFormat.Leaf(0, 0, TFormat.GranuleLg2, access, default);
        return TFormat.Read(leaf, 0, default).Access & PageAccess.ReadWrite;
    }

    private static ulong SizesOf<TFormat>(ulong? known)
        where TFormat : struct, IPageTableFormat
    {
        ulong sizes = 0;
        for (int level = 0; level <= TFormat.LeafLevelMax; level++)
        {
            sizes |= TFormat.LeafSizes(level);
        }

        return sizes & (known ?? ulong.MaxValue);
    }

    // Memory of another session that no area maps: that session may release it first.
    private void TellOtherSessions(ExpectedArea[] areas)
    {
        HashSet<ObjectId> files = [.. areas.Select(static area => area.File)];
        SessionId? own = _set.SessionOf(domain);
        foreach ((ObjectId memfd, OwnerTally tally) in _findings.Owners())
        {
            if (!files.Contains(memfd) && _set.SessionOf(memfd) is { } other && other != own)
            {
                _findings.Tell(
                    DiagnosticCode.OutputInOtherSession, DiagnosticSeverity.Error, tally.FirstIova,
                    tally.FirstPhysical, tally.Bytes, memfd);
            }
        }
    }

    private ImmutableArray<MappedOwner> Owners()
    {
        ImmutableArray<MappedOwner>.Builder owners = ImmutableArray.CreateBuilder<MappedOwner>();
        foreach ((ObjectId memfd, OwnerTally tally) in _findings.Owners())
        {
            owners.Add(new MappedOwner(
                memfd,
                tally.FirstIova,
                tally.FirstPhysical,
                (long)Math.Min(tally.Bytes, long.MaxValue),
                (Access)(tally.Access & PageAccess.ReadWrite)));
        }

        return owners.ToImmutable();
    }

    // One for each kind of fault, with how many there are.
    private IEnumerable<Diagnostic> Faults(IEnumerable<PageTableFault> faults, WalkSummary summary)
    {
        foreach (PageTableFault fault in faults)
        {
            Diagnostic told = PageTableDiagnostics.Of(fault);
            yield return told with
            {
                Subjects = [_set.NameOf(domain)],
                Facts = [.. told.Facts, new("count", summary.FaultCount(fault.Kind))],
                Location = _set.Objects[domain.Index].Location,
            };
        }
    }
}
