namespace GraphOrder.PageTables;

/// <summary>Why a file is no image of physical memory.</summary>
public enum ImageFlaw : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>It cannot be opened or read.</summary>
    CannotRead,

    /// <summary>An ELF file, but not a 64-bit little-endian core with the program headers of one.</summary>
    NotACore,

    /// <summary>A header is cut off.</summary>
    Truncated,

    /// <summary>More segments than are taken (1,048,576 in a core).</summary>
    TooManySegments,

    /// <summary>A segment or page reaches beyond the last 64-bit address, or a page is not aligned.</summary>
    BadAddress,

    /// <summary>It can be read but not mapped (<c>/proc/kcore</c>, a pipe).</summary>
    CannotMap,
}
