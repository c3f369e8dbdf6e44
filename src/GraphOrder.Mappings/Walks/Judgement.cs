using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Judges what one walk of a domain's table finds. Used once, by one thread.</summary>
/// <param name="host">The set and what was made of it.</param>
/// <param name="domain">The domain.</param>
/// <param name="facts">What is known of the table.</param>
internal sealed class Judgement(HostMappings host, ObjectId domain, WalkFacts facts)
{
    private readonly SessionSet _set = host.Set;
    private readonly MappingFindings _findings = new();
    private OwnerJudge _owners = null!;
    private ExpectedArea[] _areas = [];
    private string? _flaw;

    /// <summary>What compares with the areas, once there is a sink; null where there are no areas.</summary>
    public AreaJudge? Areas { get; private set; }

    /// <summary>The sink of the walk.</summary>
    public MappingSink NewSink<TFormat>()
        where TFormat : struct, IPageTableFormat
    {
        _owners = new(host.Memory, facts.Preserved, facts.Mmio, _findings);
        _areas = ExpectedAreas.Of(
            _set, host.Areas.Of(_set, domain), host.Memory, AccessIn<TFormat>, _findings, out _flaw);
        Areas = _areas.Length == 0 || _flaw is not null
            ? null
            : new(_areas, SizesOf<TFormat>(facts.PageSizes), _owners, _findings);
        return new(_owners, Areas);
    }

    /// <summary>What the walk comes to; the table's own faults are not in it.</summary>
    /// <param name="summary">What the walk counted.</param>
    public WalkedDomain Answer(WalkSummary summary)
    {
        Areas?.End();
        foreach (ObjectId file in _areas.Select(static area => area.File).Distinct())
        {
            host.Memory.HasUsed(file);
        }

        if ((_flaw ?? _owners.Flaw) is { } flaw)
        {
            return new WalkedDomain(domain) { WhyNot = flaw };
        }

        if (Areas is not null)
        {
            TellOtherSessions();
        }

        if (summary.MappedBytes == 0)
        {
            _findings.Tell(DiagnosticCode.DomainWithoutMapping, DiagnosticSeverity.Info, 0, 0, 0);
        }

        int unknown = _owners.IsAsked ? host.Memory.Owners.UnknownCount : 0;
        return new WalkedDomain(domain)
        {
            Owners = Owners(),
            Findings =
                [.. _findings.Found.Select(found => MappingDiagnostics.Of(found, _set, domain, unknown))],
        };
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
    private void TellOtherSessions()
    {
        HashSet<ObjectId> files = [.. _areas.Select(static area => area.File)];
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
}
