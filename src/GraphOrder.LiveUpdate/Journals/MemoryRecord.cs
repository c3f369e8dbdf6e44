using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What a memfd was like when it was preserved. The kernel checks nothing on the other side, so this is what
/// it is compared with. Immutable.
/// </summary>
/// <param name="ObjectName">Its id in the set.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Seals">Its seals.</param>
/// <param name="Position">The position of the open file.</param>
public sealed record MemoryRecord(string ObjectName, long Bytes, Seals Seals, long Position)
{
    /// <summary>More ranges than this are not told; then nothing is said of them.</summary>
    public const int RangesMax = 65_536;

    /// <summary>Device and inode, <c>"dev:inode"</c>.</summary>
    public string Inode { get; init; } = "";

    /// <summary>
    /// What of it was no hole, in file order; default where it has more than <see cref="RangesMax"/> ranges.
    /// </summary>
    public ImmutableArray<DataRange> Data { get; init; }

    /// <summary>SHA-256 of its content in lower-case hexadecimal; null where its memory may change.</summary>
    public string? Digest { get; init; }
}

/// <summary>A range of a file that is no hole.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">How long it is.</param>
public readonly record struct DataRange(long Offset, long Bytes);
