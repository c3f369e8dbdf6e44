using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// A raw image of the tables that map one range of input addresses, written to a stream table by table: as
/// large as wanted, in the memory of one table. The root comes first, then each level in the order of input
/// addresses, the leaves' level last, shuffled where that is asked for; what they map lies beyond the image.
/// Immutable and thread-safe.
/// </summary>
/// <typeparam name="TFormat">The format.</typeparam>
/// <example><code>
/// TableImageOptions options = new() { MappedBytes = 1UL &lt;&lt; 40, LeafLg2 = 12 };
/// if (TableImage&lt;AmdV1&gt;.TryPlan(options, out TableImage&lt;AmdV1&gt;? image, out _))
///     image.Write(stream, CancellationToken.None);
/// </code></example>
public sealed class TableImage<TFormat> where TFormat : struct, IPageTableFormat
{
    private const int AddressBitsMax = 48;

    // Address 0 is left out: a root there looks like one that was forgotten.
    private const ulong FirstTable = 1 << 16;
    private const ulong MemoryAlignment = 1 << 30;

    private readonly TableImageOptions _options;
    private readonly int _leafLevel;
    private readonly ulong _memory;
    private readonly ulong[] _counts = new ulong[Levels.CountMax];
    private readonly ulong[] _first = new ulong[Levels.CountMax];
    private readonly Permutation _shuffle;
    private readonly Permutation _tableShuffle;

    private TableImage(TableImageOptions options, int leafLevel, int topLevel)
    {
        _options = options;
        _leafLevel = leafLevel;
        TopLevel = topLevel;
        ulong entries = options.MappedBytes >> options.LeafLg2;
        for (int level = leafLevel; level <= topLevel; level++)
        {
            entries = ((entries - 1) >> Levels.IndexBits<TFormat>()) + 1;
            _counts[level] = entries;
            Tables += entries;
        }

        ulong next = FirstTable;
        for (int level = topLevel; level >= leafLevel; level--)
        {
            _first[level] = next;
            next += _counts[level] << TFormat.GranuleLg2;
        }

        Bytes = next;
        ulong run = Math.Max(options.RunBytes, 1UL << options.LeafLg2);
        ulong alignment = Math.Max(MemoryAlignment, 2 * run);
        _memory = (next + alignment - 1) / alignment * alignment;
        _shuffle = new(Runs, options.Seed);
        _tableShuffle = new(_counts[leafLevel], options.Seed);
    }

    /// <summary>Physical address of the root.</summary>
    public ulong Top => FirstTable;

    /// <summary>Level of the root.</summary>
    public int TopLevel { get; }

    /// <summary>Tables of all levels.</summary>
    public ulong Tables { get; }

    /// <summary>Bytes of the image.</summary>
    public ulong Bytes { get; }

    /// <summary>Maximal runs that a walk will find.</summary>
    public ulong Runs => _options.RunBytes == 0 ? 1 : ((_options.MappedBytes - 1) / _options.RunBytes) + 1;

    /// <summary>The first byte of the memory that it maps.</summary>
    public ulong MemoryFirst => _memory;

    /// <summary>
    /// The last byte of that memory. Runs stand apart from one another by their own size, so that no two
    /// become one by chance: what lies between them is not mapped.
    /// </summary>
    public ulong MemoryLast => _memory + (_options.RunBytes == 0
        ? (1UL << _options.LeafLg2) + (_options.MappedBytes - 1)
        : (2 * Runs * _options.RunBytes) - 1);

    /// <summary>Plans an image.</summary>
    /// <param name="options">What it maps.</param>
    /// <param name="image">The image.</param>
    /// <param name="flaw">Why there is none.</param>
    /// <exception cref="ArgumentException">The run is no power of two, or less than a leaf.</exception>
    public static bool TryPlan(
        TableImageOptions options, [NotNullWhen(true)] out TableImage<TFormat>? image,
        out TableImageFlaw flaw)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isRun = options.RunBytes == 0
            || (ulong.IsPow2(options.RunBytes) && options.RunBytes >> options.LeafLg2 != 0);
        if (!isRun)
        {
            throw new ArgumentException(
                "A run is a power of two and at least one leaf.", nameof(options));
        }

        image = null;
        flaw = Check(options, out int leafLevel, out int topLevel);
        if (flaw != TableImageFlaw.None)
        {
            return false;
        }

        TableImage<TFormat> planned = new(options, leafLevel, topLevel);
        if (planned.MemoryLast > Levels.LowMask(Math.Min(AddressBitsMax, TFormat.PhysicalBits)))
        {
            flaw = TableImageFlaw.TooLarge;
            return false;
        }

        image = planned;
        return true;
    }

    /// <summary>Output address of a leaf.</summary>
    /// <param name="leaf">Its number in the order of input addresses.</param>
    public ulong PhysicalOf(ulong leaf)
    {
        ulong offset = leaf << _options.LeafLg2;
        if (_options.RunBytes == 0)
        {
            // One leaf off, so that no larger leaf could map the same.
            return _memory + (1UL << _options.LeafLg2) + offset;
        }

        ulong place = 2 * _options.RunBytes * _shuffle.Of(offset / _options.RunBytes);
        return _memory + place + (offset & (_options.RunBytes - 1));
    }

    /// <summary>Writes the image: O(tables) time, the memory of one table.</summary>
    /// <param name="stream">Where to; not flushed.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(new byte[FirstTable]);
        byte[] table = new byte[1 << TFormat.GranuleLg2];
        ulong items = (ulong)(table.Length / sizeof(ulong));
        for (int level = TopLevel; level >= _leafLevel; level--)
        {
            ulong entries = level == _leafLevel
                ? _options.MappedBytes >> _options.LeafLg2
                : _counts[level - 1];
            for (ulong place = 0; place < _counts[level]; place++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Clear(table);
                ulong first = TableAt(level, place) * items;
                int count = (int)Math.Min(items, entries - first);
                for (int i = 0; i < count; i++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(
                        table.AsSpan(i * sizeof(ulong)), Word(level, first + (ulong)i));
                }

                stream.Write(table);
            }
        }
    }

    /// <summary>
    /// Writes the kernel's record of the memory that the image maps, as if it were one memfd: 16 bytes for
    /// each folio, which is a run, or a leaf where all is one run (include/linux/kho/abi/memfd.h of 7.3).
    /// </summary>
    /// <param name="stream">Where to; not flushed.</param>
    /// <param name="cancellationToken">Looked at once for each record.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WriteFolios(Stream stream, CancellationToken cancellationToken)
    {
        const ulong UpToDate = 1UL << 53;
        const int PageLg2 = 12;
        ArgumentNullException.ThrowIfNull(stream);
        ulong folio = _options.RunBytes == 0 ? 1UL << _options.LeafLg2 : _options.RunBytes;
        Span<byte> record = stackalloc byte[16];
        for (ulong offset = 0; offset < _options.MappedBytes; offset += folio)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong physical = PhysicalOf(offset >> _options.LeafLg2);
            BinaryPrimitives.WriteUInt64LittleEndian(record, (physical >> PageLg2) | UpToDate);
            BinaryPrimitives.WriteUInt64LittleEndian(record[8..], offset >> PageLg2);
            stream.Write(record);
        }
    }

    private static TableImageFlaw Check(TableImageOptions options, out int leafLevel, out int topLevel)
    {
        leafLevel = 0;
        topLevel = 0;
        while (leafLevel <= TFormat.LeafLevelMax && !IsLeaf(leafLevel, options.LeafLg2))
        {
            leafLevel++;
        }

        if (leafLevel > TFormat.LeafLevelMax)
        {
            return TableImageFlaw.NoSuchLeaf;
        }

        if (options.MappedBytes == 0 || (options.MappedBytes & Levels.LowMask(options.LeafLg2)) != 0)
        {
            return TableImageFlaw.NotWhole;
        }

        topLevel = options.TopLevel ?? Math.Max(leafLevel, TFormat.TopLevelMin);
        while (options.TopLevel is null && topLevel < TFormat.TopLevelMax && !Reaches(topLevel, options))
        {
            topLevel++;
        }

        int least = Math.Max(leafLevel, TFormat.TopLevelMin);
        bool isThere = topLevel >= least && topLevel <= TFormat.TopLevelMax;
        bool isSmall = options.MappedBytes - 1 <= Levels.LowMask(AddressBitsMax)
            && options.RunBytes <= 1UL << AddressBitsMax;
        return !isThere ? TableImageFlaw.NoSuchTopLevel
            : isSmall && Reaches(topLevel, options) ? TableImageFlaw.None
            : TableImageFlaw.TooLarge;
    }

    private static bool IsLeaf(int level, int sizeLg2) =>
        Levels.ItemLg2<TFormat>(level) == sizeLg2 && ((TFormat.LeafSizes(level) >> sizeLg2) & 1) != 0;

    // The upper half of a sign-extended format begins at another address.
    private static bool Reaches(int topLevel, TableImageOptions options)
    {
        int bits = TFormat.InputBits(topLevel) - (TFormat.IsSignExtended ? 1 : 0);
        return options.MappedBytes - 1 <= Levels.LowMask(bits);
    }

    private ulong Word(int level, ulong index) => level == _leafLevel
        ? TFormat.Leaf(PhysicalOf(index), level, _options.LeafLg2, PageAccess.ReadWrite, default)
        : TFormat.Table(
            _first[level - 1] + (PlaceOf(level - 1, index) << TFormat.GranuleLg2), level, default);

    private ulong PlaceOf(int level, ulong table) =>
        _options.ShufflesTables && level == _leafLevel ? _tableShuffle.Of(table) : table;

    private ulong TableAt(int level, ulong place) =>
        _options.ShufflesTables && level == _leafLevel ? _tableShuffle.At(place) : place;
}
