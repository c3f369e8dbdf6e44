using GraphOrder.PageTables;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// Random changes to a sound host, against a comparison page by page that knows no rows, runs or tables.
/// </summary>
[TestFixture]
public sealed class AreaPropertyTests
{
    private const ulong Page = 4096;

    private static readonly ulong[] Bases =
        [IAreaHost.Low, IAreaHost.Scattered, IAreaHost.Rom, IAreaHost.Other, 0x9_0000_0000];

    [TestCase(false)]
    [TestCase(true)]
    public void Findings_are_those_of_the_single_pages(bool usesFolios)
    {
        string folder = Directory.CreateTempSubdirectory("graphorder-areas-").FullName;
        try
        {
            for (int seed = 0; seed < 60; seed++)
            {
                Random random = new(seed);
                AreaHost<VtdSecondStage> host = new(folder, 3, leafSizes: Page) { UsesFolios = usesFolios };
                host.MapAll();
                Dictionary<ulong, (ulong Physical, PageAccess Access)> mapped = Change(host, random);
                WalkedDomain walked = host.Walk().Single();
                Assert.That(walked.WhyNot, Is.Null);
                Assert.That(
                    Told(walked), Is.EqualTo(Expected(host, mapped, out MappedOwner[] owners)),
                    $"seed {seed}");
                Assert.That(walked.Owners, Is.EqualTo(owners), $"owners, seed {seed}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<ulong, (ulong Physical, PageAccess Access)> Change(
        AreaHost<VtdSecondStage> host, Random random)
    {
        Dictionary<ulong, (ulong Physical, PageAccess Access)> mapped = [];
        foreach (FileExtent extent in host.Ram)
        {
            for (ulong at = 0; at < (ulong)extent.Bytes; at += Page)
            {
                mapped.Add(extent.Offset + at, (extent.Physical + at, PageAccess.ReadWrite));
            }
        }

        for (ulong at = 0; at < 64 << 10; at += Page)
        {
            mapped.Add(IAreaHost.RomIova + at, (IAreaHost.Rom + at, PageAccess.Read));
        }

        for (int changes = random.Next(12); changes > 0; changes--)
        {
            ulong first = (ulong)random.Next(2200) * Page;
            first = random.Next(6) == 0 ? IAreaHost.RomIova + ((ulong)random.Next(20) * Page) : first;
            ulong to = Bases[random.Next(Bases.Length)] + ((ulong)random.Next(1200) * Page);
            PageAccess access = (PageAccess)random.Next(0, 4);
            int pages = random.Next(1, 1 << random.Next(1, 10));
            for (; pages > 0; pages--, first += Page, to += Page)
            {
                host.Unmap(first, Page);
                mapped.Remove(first);
                if (access != PageAccess.None)
                {
                    host.Map(first, to, Page, access);
                    mapped[first] = (to, access);
                }
            }
        }

        return mapped;
    }

    private static List<(DiagnosticCode Code, ulong Bytes, ulong Iova)> Told(WalkedDomain walked) =>
    [
        .. walked.Findings
            .Where(static found => (int)found.Code > 3200 && found.Code != UnexpectedLeafSize)
            .Select(static found => (
            found.Code, ulong.Parse(found.Fact("bytes")!, null), Convert.ToUInt64(found.Fact("iova"), 16))),
    ];

    private static List<(DiagnosticCode Code, ulong Bytes, ulong Iova)> Expected(
        AreaHost<VtdSecondStage> host, Dictionary<ulong, (ulong Physical, PageAccess Access)> mapped,
        out MappedOwner[] owners)
    {
        Dictionary<ulong, (ObjectId Memfd, ulong Offset)> frames = Frames(host);
        SortedDictionary<DiagnosticCode, (ulong Bytes, ulong Iova)> found = [];
        Dictionary<int, MappedOwner> known = [];
        SortedSet<ulong> pages = [.. mapped.Keys];
        foreach (IoasArea area in host.Areas)
        {
            for (ulong at = 0; at < (ulong)area.Bytes; at += Page)
            {
                pages.Add(area.Iova + at);
            }
        }

        foreach (ulong iova in pages)
        {
            IoasArea? area = host.Areas.Cast<IoasArea?>().FirstOrDefault(
                area => iova >= area!.Value.Iova && iova - area.Value.Iova < (ulong)area.Value.Bytes);
            if (!mapped.TryGetValue(iova, out (ulong Physical, PageAccess Access) leaf))
            {
                Tell(HoleInArea);
                continue;
            }

            (ObjectId Memfd, ulong Offset)? owner =
                frames.TryGetValue(leaf.Physical, out (ObjectId, ulong) frame) ? frame : null;
            if (area is not { } expected)
            {
                Tell(StrayMapping);
            }
            else
            {
                PageAccess allowed = (PageAccess)expected.Access;
                if (leaf.Access != allowed)
                {
                    Tell((leaf.Access & ~allowed) != 0 ? PermissionWider : PermissionNarrower);
                }

                ulong offset = expected.Offset + (iova - expected.Iova);
                if (owner is { } of && (of.Memfd, of.Offset) != (expected.File, offset))
                {
                    Tell(of.Memfd == expected.File ? OffsetDiscontinuity : WrongFile);
                }
            }

            if (owner is { } theirs)
            {
                int memfd = theirs.Memfd.Index;
                MappedOwner sofar = known.GetValueOrDefault(
                    memfd, new(theirs.Memfd, iova, leaf.Physical, 0, 0));
                known[memfd] = sofar with
                {
                    Bytes = sofar.Bytes + (long)Page,
                    Access = sofar.Access | (Access)leaf.Access,
                };
            }
            else
            {
                Tell(OutputNotPreserved);
            }

            void Tell(DiagnosticCode code)
            {
                (ulong Bytes, ulong Iova) before =
                    found.TryGetValue(code, out (ulong, ulong) told) ? told : (0, iova);
                found[code] = (before.Bytes + Page, before.Iova);
            }
        }

        owners = [.. known.OrderBy(static pair => pair.Key).Select(static pair => pair.Value)];
        if (known.TryGetValue(2, out MappedOwner other))
        {
            found.Add(OutputInOtherSession, ((ulong)other.Bytes, other.FirstIova));
        }

        return [.. found.Select(static pair => (pair.Key, pair.Value.Bytes, pair.Value.Iova))];
    }

    private static Dictionary<ulong, (ObjectId Memfd, ulong Offset)> Frames(AreaHost<VtdSecondStage> host)
    {
        Dictionary<ulong, (ObjectId Memfd, ulong Offset)> frames = [];
        Add(IAreaHost.RamId, host.Ram);
        Add(IAreaHost.RomId, [new FileExtent(0, IAreaHost.Rom, 64 << 10)]);
        Add(new ObjectId(2), host.OtherRam);
        return frames;

        void Add(ObjectId memfd, IEnumerable<FileExtent> extents)
        {
            foreach (FileExtent extent in extents)
            {
                for (ulong at = 0; at < (ulong)extent.Bytes; at += Page)
                {
                    frames.Add(extent.Physical + at, (memfd, extent.Offset + at));
                }
            }
        }
    }
}
