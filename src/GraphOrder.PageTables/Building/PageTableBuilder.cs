using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>
/// Writes tables as Linux would: the inverse of a walk. A mapping becomes the fewest leaves whose sizes are
/// allowed; taking one away never splits a leaf and frees tables that are covered whole. Not thread-safe.
/// </summary>
/// <typeparam name="TFormat">The format.</typeparam>
/// <example><code>
/// PageTableBuilder&lt;AmdV1&gt; builder = new(topLevel: 2);
/// builder.TryMap(iova: 0x20_0000, physical: 0x4000_0000, bytes: 0x20_0000, PageAccess.ReadWrite);
/// </code></example>
public sealed class PageTableBuilder<TFormat> where TFormat : struct, IPageTableFormat
{
    private const int PageBytes = 4096;

    private readonly BuildOptions _options;
    private readonly TablePages _pages;
    private WalkRules<TFormat> _rules;

    /// <summary>Makes an empty table.</summary>
    /// <param name="topLevel">Level of its root.</param>
    /// <param name="options">How it is made.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    public PageTableBuilder(int topLevel, BuildOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topLevel, TFormat.TopLevelMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topLevel, TFormat.TopLevelMax);
        _options = options ?? BuildOptions.Default;
        _rules = new(topLevel, _options.Facts);
        TopLevel = topLevel;
        Arena = new(_options.BaseAddress);
        Top = Arena.Take(Math.Max(1, _rules.RootItems * sizeof(ulong) / PageBytes));
        _pages = new(Arena, TFormat.GranuleLg2, _options.ShuffledTables, _options.Seed);
    }

    /// <summary>The pages.</summary>
    public TableArena Arena { get; }

    /// <summary>Physical address of the root.</summary>
    public ulong Top { get; private set; }

    /// <summary>Level of the root; rises only by <see cref="Grow"/>.</summary>
    public int TopLevel { get; private set; }

    /// <summary>The sizes of leaf that it uses.</summary>
    public ulong LeafSizes
    {
        get
        {
            ulong sizes = 0;
            for (int level = 0; level <= TopLevel; level++)
            {
                sizes |= TFormat.LeafSizes(level);
            }

            return sizes & _options.LeafSizes;
        }
    }

    /// <summary>
    /// Maps a range, in leaves as large as the options, the addresses and the length allow.
    /// </summary>
    /// <param name="iova">
    /// First input address, a multiple of the granule; sign bits as they are written.
    /// </param>
    /// <param name="physical">First output address, a multiple of the granule.</param>
    /// <param name="bytes">Its length, a multiple of the granule, above zero.</param>
    /// <param name="access">
    /// What the device may do, not none; what the format cannot say becomes wider.
    /// </param>
    /// <returns>Whether nothing of it was mapped before; else nothing is changed.</returns>
    /// <exception cref="ArgumentException">Not a multiple, out of range, or no size fits.</exception>
    public bool TryMap(ulong iova, ulong physical, ulong bytes, PageAccess access)
    {
        ulong first = Inner(iova, bytes);
        ulong below = (iova | physical | bytes) & Levels.LowMask(TFormat.GranuleLg2);
        if (below != 0 || access == PageAccess.None)
        {
            throw new ArgumentException("Multiples of the granule and some access are mapped.", nameof(iova));
        }

        ulong last = first + (bytes - 1);
        for (ulong at = first; ;)
        {
            TablePlace place = Find(at, 0);
            if (place.Reading.Kind == EntryKind.Leaf)
            {
                return false;
            }

            ulong end = place.Iova + Levels.LowMask(ItemLg2(place.Level));
            if (end >= last)
            {
                break;
            }

            at = end + 1;
        }

        for (ulong done = 0; done < bytes;)
        {
            int size = BestSize((first + done) | (physical + done), bytes - done);
            Write(first + done, physical + done, size, access);
            done += 1UL << size;
        }

        return true;
    }

    /// <summary>
    /// Takes away what is mapped in a range. A leaf that the range touches goes whole, as in Linux; tables
    /// that the range covers whole are freed, others stay, even empty ones.
    /// </summary>
    /// <param name="iova">First input address; sign bits as they are written.</param>
    /// <param name="bytes">Above zero.</param>
    /// <returns>Bytes that are no longer mapped.</returns>
    /// <exception cref="ArgumentException">Out of range.</exception>
    public ulong Unmap(ulong iova, ulong bytes)
    {
        ulong first = Inner(iova, bytes);
        ulong last = first + (bytes - 1);
        ulong removed = 0;
        for (ulong at = first; ;)
        {
            TablePlace place = Find(at, 0);
            ulong end = place.Iova + Levels.LowMask(ItemLg2(place.Level));
            if (place.Reading.Kind == EntryKind.Leaf)
            {
                ulong start = at & ~Levels.LowMask(place.Reading.SizeLg2);
                end = start + Levels.LowMask(place.Reading.SizeLg2);
                Fill(Find(start, place.Level), place.Reading.GroupLg2, 0);
                removed += 1UL << place.Reading.SizeLg2;
            }

            if (end >= last)
            {
                break;
            }

            at = end + 1;
        }

        Prune(first, last);
        return removed;
    }

    /// <summary>The output address of an input address.</summary>
    /// <param name="iova">The input address; sign bits as they are written.</param>
    /// <param name="physical">The output address.</param>
    /// <returns>Whether it is mapped.</returns>
    public bool TryTranslate(ulong iova, out ulong physical)
    {
        ulong inner = iova & _rules.LastIova;
        TablePlace place = Find(inner, 0);
        bool isMapped = place.Reading.Kind == EntryKind.Leaf && _rules.Canonical(inner) == iova;
        physical = isMapped ? place.Reading.Physical + (inner & Levels.LowMask(place.Reading.SizeLg2)) : 0;
        return isMapped;
    }

    /// <summary>Puts a new root on top, with the old one as its first entry, as AMD v1 grows.</summary>
    /// <exception cref="InvalidOperationException">The format allows no higher root.</exception>
    public void Grow()
    {
        if (TopLevel >= TFormat.TopLevelMax || TFormat.HasExactRoot)
        {
            throw new InvalidOperationException("The format allows no higher root.");
        }

        ulong root = _pages.Take();
        TopLevel++;
        Arena.Word(root) = TFormat.Table(Top, TopLevel, _rules.Entry);
        Top = root;
        _rules = new(TopLevel, _options.Facts);
    }

    /// <summary>
    /// The address of the word of a level that stands over an input address, to be read or changed in
    /// <see cref="Arena"/>.
    /// </summary>
    /// <param name="iova">The input address; sign bits as they are written.</param>
    /// <param name="level">The level.</param>
    /// <exception cref="ArgumentException">There is no table of that level.</exception>
    public ulong WordAddress(ulong iova, int level)
    {
        TablePlace place = Find(iova & _rules.LastIova, level);
        return place.Level == level
            ? place.Word
            : throw new ArgumentException($"No table of level {level} stands over 0x{iova:x}.", nameof(iova));
    }

    private static int ItemLg2(int level) => Levels.ItemLg2<TFormat>(level);

    private ulong Inner(ulong iova, ulong bytes)
    {
        ulong inner = iova & _rules.LastIova;
        bool isInside = bytes > 0 && _rules.Canonical(inner) == iova && bytes - 1 <= _rules.LastIova - inner;
        return isInside
            ? inner
            : throw new ArgumentException(
                "The range is not one of the table's input addresses.", nameof(iova));
    }

    // The item of an address, at a level or as far down as there are tables.
    private TablePlace Find(ulong inner, int downTo)
    {
        ulong table = Top;
        int level = TopLevel;
        while (true)
        {
            int item = ItemLg2(level);
            int bits = level == TopLevel
                ? BitOperations.Log2((uint)_rules.RootItems)
                : Levels.IndexBits<TFormat>();
            int index = (int)((inner >> item) & Levels.LowMask(bits));
            ulong word = Arena.Word(table + (ulong)index * sizeof(ulong));
            EntryReading reading = TFormat.Read(word, level, _rules.Entry);
            if (level == downTo || reading.Kind != EntryKind.Table)
            {
                return new(table, level, index, inner & ~Levels.LowMask(item), reading);
            }

            table = reading.Physical;
            level--;
        }
    }

    private int BestSize(ulong addresses, ulong bytes)
    {
        int aligned = BitOperations.TrailingZeroCount(addresses);
        int largest = Math.Min(aligned, BitOperations.Log2(bytes));
        ulong sizes = LeafSizes & Levels.LowMask(largest + 1);
        return sizes != 0
            ? BitOperations.Log2(sizes)
            : throw new ArgumentException("No leaf that is allowed fits the addresses.", nameof(addresses));
    }

    private void Write(ulong inner, ulong physical, int size, PageAccess access)
    {
        int level = 0;
        while (((TFormat.LeafSizes(level) >> size) & 1) == 0)
        {
            level++;
        }

        TablePlace place = Find(inner, level);
        while (place.Level > level)
        {
            Arena.Word(place.Word) = TFormat.Table(_pages.Take(), place.Level, _rules.Entry);
            place = Find(inner, level);
        }

        Fill(place, size - ItemLg2(level), TFormat.Leaf(physical, level, size, access, _rules.Entry));
    }

    // Writes one word into all items of a group; empty tables that stood there go.
    private void Fill(TablePlace place, int groupLg2, ulong word)
    {
        for (int i = 0; i < 1 << groupLg2; i++)
        {
            ref ulong item = ref Arena.Word(place.Word + (ulong)i * sizeof(ulong));
            EntryReading old = TFormat.Read(item, place.Level, _rules.Entry);
            item = word;
            if (old.Kind == EntryKind.Table)
            {
                Free(old.Physical, place.Level - 1);
            }
        }
    }

    private void Prune(ulong first, ulong last)
    {
        for (ulong at = first; ;)
        {
            int level = TopLevel;
            TablePlace place = Find(at, level);
            while (place.Reading.Kind == EntryKind.Table
                && (place.Iova < first || place.Iova + Levels.LowMask(ItemLg2(level)) > last))
            {
                place = Find(at, --level);
            }

            if (place.Reading.Kind == EntryKind.Table)
            {
                Fill(place, 0, 0);
            }

            ulong end = place.Iova + Levels.LowMask(ItemLg2(place.Level));
            if (end >= last)
            {
                return;
            }

            at = end + 1;
        }
    }

    private void Free(ulong table, int level)
    {
        Stack<(ulong Table, int Level)> rest = new([(table, level)]);
        while (rest.TryPop(out (ulong Table, int Level) next))
        {
            for (int i = 0; next.Level > 0 && i < 1 << Levels.IndexBits<TFormat>(); i++)
            {
                ulong word = Arena.Word(next.Table + (ulong)i * sizeof(ulong));
                EntryReading below = TFormat.Read(word, next.Level, _rules.Entry);
                if (below.Kind == EntryKind.Table)
                {
                    rest.Push((below.Physical, next.Level - 1));
                }
            }

            _pages.Return(next.Table);
        }
    }
}
