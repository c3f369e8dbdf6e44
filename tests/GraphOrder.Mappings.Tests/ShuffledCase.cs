using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// Memfds whose folios are shuffled over physical memory, and a table that maps some of it.
/// </summary>
internal sealed class ShuffledCase
{
    private const int PageLg2 = 12;
    private const ulong Page = 1 << PageLg2;
    private const ulong TableBase = 1UL << 40;

    private readonly Random _random;
    private readonly bool _usesFolios;
    private readonly List<(int Memfd, ulong Index)> _frames = [];
    private readonly SortedDictionary<ulong, (ulong Frame, PageAccess Access)> _mapped = [];
    private readonly int _memfds;

    public ShuffledCase(Random random, bool usesFolios)
    {
        _random = random;
        _usesFolios = usesFolios;
        _memfds = random.Next(1, 4);
        int[] next = new int[_memfds + 1];

        // Frame after frame, in small runs: of a memfd, or of nobody.
        while (_frames.Count < 200)
        {
            int owner = random.Next(_memfds + 1);
            for (int run = random.Next(1, 9); run > 0; run--)
            {
                _frames.Add((owner - 1, (ulong)next[owner]++));
            }
        }
    }

    public ulong StrayBytes { get; private set; }

    public SessionSet Write(string folder)
    {
        PageTableBuilder<VtdSecondStage> builder = new(2, new BuildOptions { BaseAddress = TableBase });
        for (int maps = _random.Next(1, 20); maps > 0; maps--)
        {
            Map(builder);
        }

        using (FileStream image = File.Create(Path.Combine(folder, "image")))
        {
            builder.Arena.WritePageList(image, 0);
        }

        DependencyGraphBuilder set = new();
        set.AddSession("s", out SessionId session);
        for (int memfd = 0; memfd < _memfds; memfd++)
        {
            set.AddFile(session, $"ram{memfd}", ObjectKind.Memfd, out _, facts: Facts(folder, memfd));
        }

        PageTableFacts table = new("vtd-second-stage", 2, builder.Top) { Image = "image" };
        return set
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(
                iommufd, "domain", ObjectKind.IommuDomain, out _, new ObjectFacts { PageTable = table })
            .BuildSet();
    }

    public IEnumerable<MappedOwner> Owners()
    {
        StrayBytes = 0;
        Dictionary<int, MappedOwner> owners = [];
        foreach ((ulong iova, (ulong frame, PageAccess access)) in _mapped)
        {
            int memfd = _frames[(int)frame].Memfd;
            if (memfd < 0)
            {
                StrayBytes += Page;
                continue;
            }

            MappedOwner known = owners.GetValueOrDefault(
                memfd, new MappedOwner(new ObjectId(memfd), iova, frame << PageLg2, 0, 0));
            owners[memfd] = known with
            {
                Bytes = known.Bytes + (long)Page,
                Access = known.Access | (Access)access,
            };
        }

        return owners.Values.OrderBy(static owner => owner.Memfd.Index);
    }

    private void Map(PageTableBuilder<VtdSecondStage> builder)
    {
        ulong frame = (ulong)_random.Next(_frames.Count);
        ulong pages = (ulong)_random.Next(1, Math.Min(40, _frames.Count - (int)frame) + 1);
        ulong iova = (ulong)_random.Next(1 << 18) << PageLg2;
        PageAccess access = (PageAccess)_random.Next(1, 4);
        bool isFree = Enumerable.Range(0, (int)pages).All(
            i => !_mapped.ContainsKey(iova + (ulong)i * Page));
        if (isFree && builder.TryMap(iova, frame << PageLg2, pages << PageLg2, access))
        {
            for (ulong i = 0; i < pages; i++)
            {
                _mapped.Add(iova + i * Page, (frame + i, access));
            }
        }
    }

    private ObjectFacts Facts(string folder, int memfd)
    {
        (ulong Frame, ulong Index)[] pages =
        [
            .. _frames.Select((found, frame) => (Frame: (ulong)frame, found.Memfd, found.Index))
                .Where(found => found.Memfd == memfd)
                .OrderBy(found => found.Index)
                .Select(found => (found.Frame, found.Index)),
        ];
        ObjectFacts facts = new() { Bytes = pages.Length << PageLg2 };
        if (!_usesFolios)
        {
            return facts with
            {
                Extents = [.. pages.Select(page => new FileExtent(
                    page.Index << PageLg2, page.Frame << PageLg2, (long)Page))],
            };
        }

        byte[] records = new byte[16 * pages.Length];
        for (int i = 0; i < pages.Length; i++)
        {
            ulong flags = (ulong)_random.Next(1 << 12) << 52;
            BinaryPrimitives.WriteUInt64LittleEndian(records.AsSpan(16 * i), pages[i].Frame | flags);
            BinaryPrimitives.WriteUInt64LittleEndian(records.AsSpan(16 * i + 8), pages[i].Index);
        }

        File.WriteAllBytes(Path.Combine(folder, $"folios{memfd}"), records);
        return facts with { Folios = $"folios{memfd}" };
    }
}
