namespace GraphOrder.PageTables;

/// <summary>
/// The memory of a walk. Passed again, the next walk allocates nothing but its summary and its rules. Not
/// thread-safe: one walk at a time.
/// </summary>
public sealed class WalkWorkspace
{
    private readonly ulong[]?[] _buffers = new ulong[Levels.CountMax][];
    private readonly ulong[]?[] _breaks = new ulong[Levels.CountMax][];
    private readonly List<WalkWorkspace> _parts = [];

    /// <summary>A workspace that has met no table.</summary>
    public WalkWorkspace()
        : this(new(), new(), [])
    {
    }

    private WalkWorkspace(TableSet tables, TablePrints prints, List<PointerTable> pointers)
    {
        Tables = tables;
        Prints = prints;
        Pointers = pointers;
    }

    /// <summary>
    /// Tables that the walk has met so far; may be asked from another thread, for a rough idea of its end.
    /// </summary>
    public long TablesMet => Tables.Count;

    /// <summary>The tables that were met.</summary>
    internal TableSet Tables { get; }

    /// <summary>The tables of level 1, in the order of input addresses.</summary>
    internal List<PointerTable> Pointers { get; }

    /// <summary>What tables above level 0 looked like at first.</summary>
    internal TablePrints Prints { get; }

    /// <summary>A buffer for a table of a level.</summary>
    internal Span<ulong> Buffer(int level, int words) => Take(_buffers, level, words);

    /// <summary>One bit for each item of a table of a level.</summary>
    internal Span<ulong> Breaks(int level, int items) => Take(_breaks, level, (items + 63) / 64);

    /// <summary>A workspace for one part of a walk; the tables are those of all.</summary>
    /// <param name="part">Its number.</param>
    internal WalkWorkspace Part(int part)
    {
        while (_parts.Count <= part)
        {
            _parts.Add(new(Tables, Prints, Pointers));
        }

        return _parts[part];
    }

    private static Span<ulong> Take(ulong[]?[] buffers, int level, int words)
    {
        ulong[]? buffer = buffers[level];
        if (buffer is null || buffer.Length < words)
        {
            buffer = new ulong[words];
            buffers[level] = buffer;
        }

        return buffer.AsSpan(0, words);
    }
}
