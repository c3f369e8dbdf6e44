using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>How a device may reach the memory of an area.</summary>
public enum Access : byte
{
    /// <summary>It may read.</summary>
    Read = 1,

    /// <summary>It may write.</summary>
    Write = 2,

    /// <summary>It may do both.</summary>
    ReadWrite = 3,
}

/// <summary>A range of I/O virtual addresses that an IOAS maps to a file.</summary>
/// <param name="Iova">First I/O virtual address.</param>
/// <param name="Bytes">Length.</param>
/// <param name="File">The memfd behind it.</param>
/// <param name="Offset">Offset of the first byte in that file.</param>
/// <param name="Access">What a device may do there.</param>
public readonly record struct IoasArea(ulong Iova, long Bytes, ObjectId File, ulong Offset, Access Access);

/// <summary>A range of a memfd that lies at consecutive physical addresses.</summary>
/// <param name="Offset">Offset of the first byte in the file.</param>
/// <param name="Physical">Physical address of that byte.</param>
/// <param name="Bytes">Length.</param>
public readonly record struct FileExtent(ulong Offset, ulong Physical, long Bytes);

/// <summary>A range of physical addresses, as <c>platform</c> lists them.</summary>
/// <param name="Physical">First physical address.</param>
/// <param name="Bytes">Length.</param>
public readonly record struct PhysicalRange(ulong Physical, long Bytes);

/// <summary>Where the page table of an iommu_domain lies and how it is to be read. Immutable.</summary>
/// <param name="Format">A format's name, as <c>walk --table</c> takes it.</param>
/// <param name="TopLevel">The inclusive highest level; level 0 holds only leaves.</param>
/// <param name="Root">Physical address of the top table.</param>
public sealed record PageTableFacts(string Format, int TopLevel, ulong Root)
{
    /// <summary>
    /// The image that holds the tables: a path relative to the document; null where none is named.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>The smallest page: <c>4K</c>, <c>16K</c> or <c>64K</c>.</summary>
    public string? Granule { get; init; }

    /// <summary>How many tables stand side by side at the top (Arm's concatenated roots).</summary>
    public int? RootTables { get; init; }

    /// <summary>Width of the input address in bits.</summary>
    public int? InputBits { get; init; }

    /// <summary>Width of the output address in bits.</summary>
    public int? OutputBits { get; init; }

    /// <summary>The bit that marks encrypted memory.</summary>
    public int? EncryptionBit { get; init; }

    /// <summary>The page sizes that the hardware takes, in bytes.</summary>
    public ImmutableArray<long> PageSizes { get; init; } = [];

    /// <summary>Whether the table is the parent of a nested one.</summary>
    public bool? NestParent { get; init; }
}

/// <summary>
/// Lists that a document has though nothing stands in them; the digest tells them from absent ones.
/// </summary>
[Flags]
internal enum EmptyLists : byte
{
    None = 0,
    Needs = 1,
    Describes = 2,
    Areas = 4,
    Extents = 8,
    PageSizes = 16,
}

/// <summary>
/// What a set says of one object beyond kind and place; most objects have none of it. Immutable.
/// </summary>
public sealed record ObjectFacts
{
    /// <summary>Facts that say nothing.</summary>
    public static ObjectFacts None { get; } = new();

    /// <summary>Size of a memfd in bytes.</summary>
    public long? Bytes { get; init; }

    /// <summary>Seals of a memfd; null where the set does not say, which is not the same as none.</summary>
    public Seals? Seals { get; init; }

    /// <summary>Device and inode of a memfd, <c>"dev:inode"</c>.</summary>
    public string? Inode { get; init; }

    /// <summary>Class under whose limit its steps run.</summary>
    public string? Class { get; init; }

    /// <summary>Microseconds a phase, in phase order; empty where nothing is said.</summary>
    public ImmutableArray<long> CostMicroseconds { get; init; } = [];

    /// <summary>The phases of which a cost is said.</summary>
    public PhaseSet CostPhases { get; init; }

    /// <summary>Areas of an IOAS, as the set lists them.</summary>
    public ImmutableArray<IoasArea> Areas { get; init; } = [];

    /// <summary>Physical extents of a memfd in file order.</summary>
    public ImmutableArray<FileExtent> Extents { get; init; } = [];

    /// <summary>
    /// A file with the extents as the kernel's 16-byte folio records, relative to the document.
    /// </summary>
    public string? Folios { get; init; }

    /// <summary>The page table of an iommu_domain.</summary>
    public PageTableFacts? PageTable { get; init; }

    /// <summary>What makes it an act; null for everything else.</summary>
    public ActFacts? Act { get; init; }

    internal EmptyLists EmptyLists { get; init; }
}
