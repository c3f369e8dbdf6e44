using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Walks the page tables that a set names, for the memfds that they map. Domains are walked side by side, one
/// on each processor. Thread-safe.
/// </summary>
/// <remarks>
/// Each image is opened once and read by positional reads, so that a file that shrinks is a fault and no
/// crash. What cannot be walked is answered with a reason (<see cref="WalkedDomain.WhyNot"/>), never with an
/// exception. Memory: the extents of the set, and for each walk about 64 bytes for each table.
/// </remarks>
/// <example>
/// <code>
/// SessionSet walked = set.With(new PageTableSource(folderOfTheDocument).Walk(set));
/// </code>
/// </example>
public sealed class PageTableSource : IDependencySource
{
    private readonly string _folder;
    private readonly WalkLimits _limits;

    /// <summary>A source for sets of one folder.</summary>
    /// <param name="folder">The folder that paths of images and records are relative to.</param>
    /// <param name="limits">What a walk takes on; null for the usual limits.</param>
    public PageTableSource(string folder, WalkLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        _limits = limits ?? WalkLimits.Default;
    }

    /// <inheritdoc/>
    public ImmutableArray<WalkedDomain> Walk(
        SessionSet sessionSet, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sessionSet);
        List<ObjectId> domains = [];
        for (int i = 0; i < sessionSet.Objects.Length; i++)
        {
            PreservedObject found = sessionSet.Objects[i];
            if (found.Kind == ObjectKind.IommuDomain && found.Facts.PageTable is not null)
            {
                domains.Add(new ObjectId(i));
            }
        }

        if (domains.Count == 0)
        {
            return [];
        }

        using OpenImages images = new(_folder);
        foreach (ObjectId domain in domains)
        {
            images.Open(sessionSet.Objects[domain.Index].Facts.PageTable!.Image);
        }

        HostMappings host = new(sessionSet, _folder, _limits, cancellation);
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        foreach (ObjectId file in domains.SelectMany(domain => host.Areas.FilesOf(sessionSet, domain)))
        {
            host.Memory.WillUse(file);
        }

        PhysicalRangeSet[] tables = new PhysicalRangeSet[domains.Count];
        Parallel.For(0, tables.Length, options, i => tables[i] = FindTables(host, domains[i], images));
        host.Memory.Tables = PhysicalRangeSet.Union(tables);
        string? flaw = images.AreAny ? host.Memory.PlainFlaw() : null;
        WalkedDomain[] walked = new WalkedDomain[domains.Count];
        Parallel.For(0, walked.Length, options, i => walked[i] = Walk(host, domains[i], images, flaw));
        if (images.AreAny)
        {
            new CrossFindings(host, tables).AddTo(walked);
        }

        return ImmutableArray.Create(walked);
    }

    private static PhysicalRangeSet FindTables(HostMappings host, ObjectId domain, OpenImages images)
    {
        PageTableFacts table = host.Set.Objects[domain.Index].Facts.PageTable!;
        return images.Find(table.Image, out _) is { } image
            && WhyNot(table, out PageTableFormat? format) is null
            ? format!.Accept(new TableSearch(host, table, image))
            : new();
    }

    private static WalkedDomain Walk(HostMappings host, ObjectId domain, OpenImages images, string? flaw)
    {
        PageTableFacts table = host.Set.Objects[domain.Index].Facts.PageTable!;
        PhysicalImage? image = images.Find(table.Image, out string? whyNot);
        PageTableFormat? format = null;
        whyNot ??= flaw ?? WhyNot(table, out format);
        return whyNot is null
            ? format!.Accept(new DomainWalk(new(host, domain), table, image!))
            : new WalkedDomain(domain) { WhyNot = whyNot };
    }

    // Why a table's format cannot be walked; null where it can.
    private static string? WhyNot(PageTableFacts table, out PageTableFormat? format) =>
        !PageTableFormats.TryFind(table.Format, table.Granule, out format)
            ? $"the format '{table.Format}' is not known"
        : !format.Allows(table.TopLevel) ? $"the format '{table.Format}' has no top level {table.TopLevel}"
        : null;
}
