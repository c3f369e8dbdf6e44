using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// A host whose one domain maps just what its areas say: vm-01/ram (8 MiB, the first half in one piece of
/// memory, the second in single pages that are shuffled) and, read only, vm-01/rom. vm-02/ram belongs to
/// another session. Whatever is to be wrong is changed before <see cref="Walk"/>.
/// </summary>
internal sealed class AreaHost<TFormat> : IAreaHost where TFormat : struct, IPageTableFormat
{
    private const ulong Large = 512 * Page;
    private const ulong Page = 4096;

    private readonly string _folder;
    private readonly int _topLevel;

    public AreaHost(
        string folder, int topLevel, ulong tables = 0x50_0000_0000, ulong leafSizes = Page | Large)
    {
        _folder = folder;
        _topLevel = topLevel;
        Builder = new(topLevel, new() { LeafSizes = leafSizes, BaseAddress = tables });
        Ram.Add(new FileExtent(0, IAreaHost.Low, 4 << 20));
        for (ulong page = 0; page < 1024; page++)
        {
            Ram.Add(new FileExtent((4 << 20) + (page * Page), PhysicalOf(page), (long)Page));
        }

        Areas.Add(new(0, 8 << 20, IAreaHost.RamId, 0, Access.ReadWrite));
        Areas.Add(new(IAreaHost.RomIova, 64 << 10, IAreaHost.RomId, 0, Access.Read));
    }

    public PageTableBuilder<TFormat> Builder { get; }

    public List<FileExtent> Ram { get; } = [];

    public List<FileExtent> OtherRam { get; } = [new FileExtent(0, IAreaHost.Other, 4 << 20)];

    public List<IoasArea> Areas { get; } = [];

    public long RamBytes { get; set; } = 8 << 20;

    public PlatformFacts? Platform { get; set; }

    public bool UsesFolios { get; set; }

    public bool HasSecondDomain { get; set; }

    public bool IsLeftEmpty { get; set; }

    public ObjectKind RomKind { get; set; } = ObjectKind.Memfd;

    /// <summary>Maps all areas as their files lie.</summary>
    public void MapAll()
    {
        foreach (FileExtent extent in Ram)
        {
            Map(extent.Offset, extent.Physical, (ulong)extent.Bytes, PageAccess.ReadWrite);
        }

        Map(IAreaHost.RomIova, IAreaHost.Rom, 64 << 10, PageAccess.Read);
    }

    public void Map(ulong iova, ulong physical, ulong bytes, PageAccess access) =>
        Assert.That(Builder.TryMap(iova, physical, bytes, access), Is.True);

    public void Unmap(ulong iova, ulong bytes) => Builder.Unmap(iova, bytes);

    public void Remap(ulong iova, ulong physical, PageAccess access)
    {
        Builder.Unmap(iova, Page);
        Map(iova, physical, Page, access);
    }

    public ulong PhysicalOf(ulong page) => IAreaHost.Scattered + ((page * 389 % 1024) * 2 * Page);

    public SessionSet Set()
    {
        using (FileStream image = File.Create(Path.Combine(_folder, "image")))
        {
            Builder.Arena.WritePageList(image, 0);
        }

        ObjectFacts ram = new() { Bytes = RamBytes };
        ram = UsesFolios ? ram with { Folios = WriteFolios() } : ram with { Extents = [.. Ram] };
        ObjectFacts rom = new() { Bytes = 64 << 10 };
        rom = RomKind == ObjectKind.Memfd
            ? rom with { Extents = [new FileExtent(0, IAreaHost.Rom, 64 << 10)] }
            : ObjectFacts.None;
        ObjectFacts table = new()
        {
            PageTable = new(TFormat.Description.Name, _topLevel, Builder.Top)
            {
                Image = "image",
                PageSizes = [(long)Page, (long)Large],
                Granule = TFormat.Description.Granule.Length > 0 ? TFormat.Description.Granule : null,
            },
        };
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm-01", out SessionId session).AddSession("vm-02", out SessionId other);
        builder.AddFile(session, "vm-01/ram", ObjectKind.Memfd, out ObjectId ramId, facts: ram)
            .AddFile(session, "vm-01/rom", RomKind, out ObjectId romId, facts: rom)
            .AddFile(
                other, "vm-02/ram", ObjectKind.Memfd, out ObjectId otherId,
                facts: new() { Bytes = 4 << 20, Extents = [.. OtherRam] })
            .AddFile(session, "vm-01/iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "vm-01/ioas", ObjectKind.Ioas, out ObjectId ioas, new() { Areas = [.. Areas] })
            .AddObject(iommufd, "vm-01/hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
            .AddObject(iommufd, "vm-01/domain", ObjectKind.IommuDomain, out ObjectId domain, table)
            .AddNeed(ioas, ramId).AddNeed(ioas, romId).AddNeed(hwpt, ioas).AddNeed(hwpt, domain);
        if (HasSecondDomain)
        {
            builder.AddObject(iommufd, "vm-01/domain2", ObjectKind.IommuDomain, out ObjectId second, table)
                .AddObject(iommufd, "vm-01/hwpt2", ObjectKind.Hwpt, out ObjectId hwpt2)
                .AddNeed(hwpt2, ioas).AddNeed(hwpt2, second);
        }

        Assert.That((ramId, romId), Is.EqualTo((IAreaHost.RamId, IAreaHost.RomId)));
        return builder.BuildSet() is var set && Platform is null ? set : With(set, Platform!);
    }

    public WalkedDomain[] Walk() => [.. new PageTableSource(_folder).Walk(Set())];

    private static SessionSet With(SessionSet set, PlatformFacts platform) =>
        SessionSet.Read(new MemoryStream(Document(set, platform)));

    // The builder has no platform: a document has.
    private static byte[] Document(SessionSet set, PlatformFacts platform)
    {
        using MemoryStream stream = new();
        SessionSetWriter.Write(stream, set);
        string text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        PhysicalRange range = platform.Mmio!.Value[0];
        int end = text.LastIndexOf('}');
        return System.Text.Encoding.UTF8.GetBytes(
            text[..end] + ", \"platform\": { \"mmio\": [ { \"physical\": \"0x" + range.Physical.ToString("x", null)
            + "\", \"bytes\": " + range.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture) + " } ] } }");
    }

    private string WriteFolios()
    {
        byte[] records = new byte[16 * Ram.Count];
        for (int i = 0; i < Ram.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(
                records.AsSpan(16 * i), (Ram[i].Physical >> 12) | (1UL << 53));
            BinaryPrimitives.WriteUInt64LittleEndian(records.AsSpan((16 * i) + 8), Ram[i].Offset >> 12);
        }

        File.WriteAllBytes(Path.Combine(_folder, "folios"), records);
        return "folios";
    }
}
