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

        SetOwners owners = images.AreAny
            ? SetOwners.Of(sessionSet, _folder, cancellation)
            : new SetOwners(new OwnerMap([], false, out _), 0, null);
        PlatformRanges platform = new(sessionSet.Platform);
        WalkedDomain[] walked = new WalkedDomain[domains.Count];
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.For(0, walked.Length, options, i =>
            walked[i] = Walk(sessionSet, domains[i], images, owners, platform, cancellation));
        return ImmutableArray.Create(walked);
    }

    private WalkedDomain Walk(
        SessionSet set,
        ObjectId domain,
        OpenImages images,
        SetOwners owners,
        PlatformRanges platform,
        CancellationToken cancellation)
    {
        PageTableFacts table = set.Objects[domain.Index].Facts.PageTable!;
        if (images.Find(table.Image, out string? whyNot) is not { } image)
        {
            return new WalkedDomain(domain) { WhyNot = whyNot };
        }

        if (owners.Flaw is not null)
        {
            return new WalkedDomain(domain) { WhyNot = owners.Flaw };
        }

        if (!PageTableFormats.TryFind(table.Format, table.Granule, out PageTableFormat? format))
        {
            return new WalkedDomain(domain) { WhyNot = $"the format '{table.Format}' is not known" };
        }

        if (!format.Allows(table.TopLevel))
        {
            return new WalkedDomain(domain)
            {
                WhyNot = $"the format '{table.Format}' has no top level {table.TopLevel}",
            };
        }

        return format.Accept(new DomainWalk(
            set, domain, image, new(set, domain, owners, platform), _limits, cancellation));
    }
}
