using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.Mappings;

/// <summary>
/// A host of large guests in a folder: for each guest one memfd of 256 GiB, of which 2 in 100 lie in single
/// pages and the rest in folios of 2 MiB, and two domains that map all of it. All tables are in one raw
/// image, the folio records of each memfd in a file of their own, as the kernel keeps them.
/// </summary>
internal sealed class AuditHost
{
    private const ulong Page = 1UL << 12;
    private const ulong Folio = 1UL << 21;
    private const ulong GuestBytes = 256UL << 30;
    private const ulong Folios = GuestBytes / Folio;
    private const ulong SmallEvery = 50;
    private const ulong ArenaBytes = 12UL << 20;
    private const ulong UpToDate = 1UL << 53;
    private const int Domains = 2;

    // Memory lies above all tables: of each guest the large folios first, then as much room for the pages.
    private const ulong MemoryFirst = 1UL << 40;
    private const ulong GuestRoom = 2 * GuestBytes;

    private readonly string _folder;
    private readonly int _guests;

    public AuditHost(string folder, int guests)
    {
        _folder = folder;
        _guests = guests;
        string image = Path.Combine(folder, "tables.img");
        if (!File.Exists(image))
        {
            Write(image);
        }
    }

    /// <summary>All files that must be read.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder);

    /// <summary>The set.</summary>
    public SessionSet Set()
    {
        DependencyGraphBuilder builder = new();
        for (int guest = 0; guest < _guests; guest++)
        {
            builder.AddSession($"vm-{guest}", out SessionId session)
                .AddFile(
                    session, $"vm-{guest}/ram", ObjectKind.Memfd, out ObjectId ram,
                    facts: new() { Bytes = (long)GuestBytes, Folios = $"folios-{guest}" })
                .AddFile(session, $"vm-{guest}/iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                .AddObject(iommufd, $"vm-{guest}/ioas", ObjectKind.Ioas, out ObjectId ioas, new()
                {
                    Areas = [new IoasArea(0, (long)GuestBytes, ram, 0, Access.ReadWrite)],
                })
                .AddNeed(ioas, ram);
            for (int domain = 0; domain < Domains; domain++)
            {
                PageTableFacts table = new("vtd-second-stage", 3, BaseOf(guest, domain))
                {
                    Image = "tables.img",
                };
                builder
                    .AddObject(
                        iommufd, $"vm-{guest}/domain{domain}", ObjectKind.IommuDomain, out ObjectId added,
                        new() { PageTable = table })
                    .AddObject(iommufd, $"vm-{guest}/hwpt{domain}", ObjectKind.Hwpt, out ObjectId hwpt)
                    .AddNeed(hwpt, ioas).AddNeed(hwpt, added);
            }
        }

        return builder.BuildSet();
    }

    private static ulong BaseOf(int guest, int domain) =>
        (ulong)((guest * Domains) + domain + 1) * ArenaBytes;

    private static ulong LargeOf(int guest, ulong folio) =>
        MemoryFirst + ((ulong)guest * GuestRoom) + (folio * 7919 % Folios * Folio);

    private static ulong SmallOf(int guest, ulong page)
    {
        const ulong Pages = ((Folios / SmallEvery) + 1) * (Folio / Page);
        return MemoryFirst + ((ulong)guest * GuestRoom) + GuestBytes + (page * 1_000_003 % Pages * Page);
    }

    private void Write(string image)
    {
        string part = image + ".part";
        using (FileStream stream = File.Create(part))
        {
            for (int guest = 0; guest < _guests; guest++)
            {
                WriteFolios(guest);
                for (int domain = 0; domain < Domains; domain++)
                {
                    stream.Position = (long)BaseOf(guest, domain);
                    WriteTable(stream, guest, BaseOf(guest, domain));
                }
            }
        }

        File.Move(part, image);
    }

    private static void WriteTable(FileStream stream, int guest, ulong baseAddress)
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { BaseAddress = baseAddress });
        for (ulong folio = 0; folio < Folios; folio++)
        {
            if (folio % SmallEvery != 0)
            {
                builder.TryMap(folio * Folio, LargeOf(guest, folio), Folio, PageAccess.ReadWrite);
                continue;
            }

            for (ulong page = 0; page < Folio / Page; page++)
            {
                ulong number = (folio / SmallEvery * (Folio / Page)) + page;
                builder.TryMap(
                    (folio * Folio) + (page * Page), SmallOf(guest, number), Page, PageAccess.ReadWrite);
            }
        }

        builder.Arena.WriteRaw(stream);
    }

    private void WriteFolios(int guest)
    {
        using FileStream stream = new(
            Path.Combine(_folder, $"folios-{guest}"), FileMode.Create, FileAccess.Write, FileShare.None,
            bufferSize: 1 << 20);
        Span<byte> record = stackalloc byte[16];
        for (ulong folio = 0; folio < Folios; folio++)
        {
            bool isSmall = folio % SmallEvery == 0;
            for (ulong page = 0; page < (isSmall ? Folio / Page : 1); page++)
            {
                ulong physical = isSmall
                    ? SmallOf(guest, (folio / SmallEvery * (Folio / Page)) + page)
                    : LargeOf(guest, folio);
                BinaryPrimitives.WriteUInt64LittleEndian(record, (physical >> 12) | UpToDate);
                BinaryPrimitives.WriteUInt64LittleEndian(record[8..], (folio * (Folio / Page)) + page);
                stream.Write(record);
            }
        }
    }
}
