using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// A raw image of the tables that map one range of input addresses, written to a stream table by table: as
/// large as wanted, in the memory of one table. The root comes first, then each level in the order of input
/// addresses, the leaves' level last; what they map lies beyond the image. Immutable and thread-safe.
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

    // Runs stand apart from one another by their own size, so that no two become one by chance.
    private ulong LastByte => _memory + (_options.RunBytes == 0
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
        if (planned.LastByte > Levels.LowMask(Math.Min(AddressBitsMax, TFormat.PhysicalBits)))
        {
            flaw = TableImageFlaw.TooLarge;
            return false;
        }

        image = planned;
        return true;
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
        for (int level = TopLevel; level >= _leafLevel; level--)
        {
            ulong entries = level == _leafLevel
                ? _options.MappedBytes >> _options.LeafLg2
                : _counts[level - 1];
            for (ulong done = 0; done < entries;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Clear(table);
                int count = (int)Math.Min((ulong)(table.Length / sizeof(ulong)), entries - done);
                for (int i = 0; i < count; i++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(
                        table.AsSpan(i * sizeof(ulong)), Word(level, done + (ulong)i));
                }

                stream.Write(table);
                done += (ulong)count;
            }
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
        ? TFormat.Leaf(Output(index), level, _options.LeafLg2, PageAccess.ReadWrite, default)
        : TFormat.Table(_first[level - 1] + (index << TFormat.GranuleLg2), level, default);

    private ulong Output(ulong leaf)
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
}
