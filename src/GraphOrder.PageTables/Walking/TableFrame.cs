namespace GraphOrder.PageTables;

/// <summary>Where a walk is in the table of one level. Mutable.</summary>
internal struct TableFrame<TFormat> where TFormat : struct, IPageTableFormat
{
    /// <summary>Physical address of the table.</summary>
    public ulong Table;

    /// <summary>Its first input address, before sign extension.</summary>
    public ulong Iova;

    /// <summary>What the tables above leave.</summary>
    public PageAccess Access;

    /// <summary>Items of the table.</summary>
    public int Items;

    /// <summary>Items that some input address reaches.</summary>
    public int Reachable;

    /// <summary>The next item.</summary>
    public int Index;

    /// <summary>Behind the last item to be looked at: the items, but where a part of the table is.</summary>
    public int End;

    /// <summary>The groups of the table.</summary>
    public ItemGroups<TFormat> Groups;

    /// <summary>Whether the table as a whole is one run.</summary>
    public TableTally Tally;
}
