namespace GraphOrder.PageTables;

/// <summary>Hands out zeroed tables and takes them back.</summary>
internal sealed class TablePages
{
    private const int PageLg2 = 12;

    private readonly TableArena _arena;
    private readonly int _tableLg2;
    private readonly Queue<ulong> _free = new();

    /// <summary>Sets tables aside in random order (Fisher–Yates).</summary>
    public TablePages(TableArena arena, int tableLg2, int shuffled, ulong seed)
    {
        _arena = arena;
        _tableLg2 = tableLg2;
        ulong[] tables = new ulong[shuffled];
        for (int i = 0; i < shuffled; i++)
        {
            tables[i] = arena.Take(1 << (tableLg2 - PageLg2));
        }

        ulong state = seed;
        for (int i = shuffled - 1; i > 0; i--)
        {
            int j = (int)(Next(ref state) % (uint)(i + 1));
            (tables[i], tables[j]) = (tables[j], tables[i]);
        }

        foreach (ulong table in tables)
        {
            _free.Enqueue(table);
        }
    }

    /// <summary>A table of zeros.</summary>
    public ulong Take() =>
        _free.TryDequeue(out ulong table) ? table : _arena.Take(1 << (_tableLg2 - PageLg2));

    /// <summary>Takes a table back.</summary>
    public void Return(ulong table)
    {
        for (ulong word = 0; word < 1UL << _tableLg2; word += sizeof(ulong))
        {
            _arena.Word(table + word) = 0;
        }

        _free.Enqueue(table);
    }

    // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
