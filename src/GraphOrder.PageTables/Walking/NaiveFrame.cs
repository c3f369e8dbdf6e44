namespace GraphOrder.PageTables;

/// <summary>Where the naive walk is in a table.</summary>
internal sealed class NaiveFrame<TFormat> where TFormat : struct, IPageTableFormat
{
    /// <summary>Physical address.</summary>
    public required ulong Table { get; init; }

    /// <summary>Level.</summary>
    public required int Level { get; init; }

    /// <summary>First input address, before sign extension.</summary>
    public required ulong Iova { get; init; }

    /// <summary>What the tables above leave.</summary>
    public required PageAccess Access { get; init; }

    /// <summary>The words.</summary>
    public required ulong[] Words { get; init; }

    /// <summary>The next item.</summary>
    public int Index { get; set; }

    /// <summary>Its groups.</summary>
    public ItemGroups<TFormat> Groups;

    /// <summary>Whether it is one run.</summary>
    public TableTally Tally;
}
