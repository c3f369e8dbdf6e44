using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// An image and the set that it belongs to: one memfd, and one domain that maps it. The folio records lie in
/// a file until they are read, once.
/// </summary>
internal sealed class MappedImage<TFormat> : IDisposable where TFormat : struct, IPageTableFormat
{
    private readonly WalkWorkspace _workspace = new();
    private readonly SessionSet _set;
    private readonly SetMemory _memory;
    private readonly ExpectedArea[] _areas;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("graphorder-bench-");

    public MappedImage(int tablesLg2, TableLayout layout, Action<nint, nuint> askForHugePages)
    {
        Tables = new(tablesLg2, layout, askForHugePages);
        long bytes = Tables.Pages << TFormat.GranuleLg2;
        ulong first = Tables.Image.MemoryFirst;
        ulong whole = Tables.Image.MemoryLast - first + 1;
        ObjectFacts ram = layout.HasOneOwner()
            ? new() { Bytes = (long)whole, Extents = [new FileExtent(0, first, (long)whole)] }
            : new() { Bytes = bytes, Folios = "folios" };
        string folios = Path.Combine(_folder.FullName, "folios");
        if (!layout.HasOneOwner())
        {
            using FileStream stream = File.Create(folios);
            Tables.Image.WriteFolios(stream, CancellationToken.None);
        }

        _set = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId memfd, facts: ram)
            .BuildSet();
        _memory = new(_set, _folder.FullName, CancellationToken.None);
        if (_memory.Owners.Flaw is { } flaw)
        {
            throw new InvalidOperationException(flaw);
        }

        IoasArea area = new(0, bytes, memfd, 0, Access.ReadWrite);
        _areas = layout.HasAreas()
            ? ExpectedAreas.Of(_set, [area], _memory, static access => access, new(), out _)
            : [];
        Records = _memory.LayoutOf(memfd).Layout?.Records;
    }

    /// <summary>The tables.</summary>
    public NativeImage<TFormat> Tables { get; }

    /// <summary>The folio records; null where the memory is told in one piece.</summary>
    public FolioRecords? Records { get; }

    /// <summary>Walks, and finds whose memory is mapped.</summary>
    /// <returns>Pages of the memfd that are mapped; -1 where anything is wrong.</returns>
    public long Walk()
    {
        MappingFindings findings = new();
        OwnerJudge owners = new(_memory, null, null, findings);
        AreaJudge? judge = _areas.Length > 0
            ? new(_areas, 1UL << TFormat.GranuleLg2, owners, findings)
            : null;
        MappingSink sink = new(owners, judge);
        WalkSummary found = judge is null
            ? PageTableWalker.Walk<TFormat, BorrowedMemory, MappingSink>(
                Tables.Image.Top, Tables.Image.TopLevel, Tables.Memory, ref sink, WalkFacts.Unknown,
                WalkLimits.Default, _workspace, CancellationToken.None)
            : PageTableWalker.Walk<TFormat, BorrowedMemory, AreaPrediction, MappingSink>(
                Tables.Image.Top, Tables.Image.TopLevel, Tables.Memory, new(judge), ref sink,
                WalkFacts.Unknown, WalkLimits.Default, _workspace, CancellationToken.None);
        judge?.End();
        long pages = findings.Owners().Sum(static owner => (long)owner.Tally.Bytes) >> TFormat.GranuleLg2;
        return found.Errors == 0 && !findings.Found.Any() ? pages : -1;
    }

    /// <summary>Walks as everybody would at first.</summary>
    /// <returns>Pages that are mapped; -1 where anything is wrong.</returns>
    public long WalkNaively()
    {
        MappingFindings findings = new();
        MappingSink sink = new(new(_memory, null, null, findings), null);
        WalkSummary found = NaiveWalker.Walk<TFormat, BorrowedMemory, MappingSink>(
            Tables.Image.Top, Tables.Image.TopLevel, Tables.Memory, ref sink, WalkFacts.Unknown,
            WalkLimits.Default, CancellationToken.None);
        long pages = findings.Owners().Sum(static owner => (long)owner.Tally.Bytes) >> TFormat.GranuleLg2;
        return found.Errors == 0 ? pages : -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tables.Dispose();
        _folder.Delete(recursive: true);
    }
}
