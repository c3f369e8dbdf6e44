namespace GraphOrder.PageTables;

/// <summary>Whether one table as a whole could be one leaf of the level above (T12). Mutable.</summary>
internal struct TableTally
{
    private ulong _first;
    private ulong _next;
    private int _items;
    private PageAccess _access;
    private ulong _attributes;
    private bool _isBroken;

    /// <summary>Adds leaves side by side, in order.</summary>
    /// <param name="row">The leaves.</param>
    /// <param name="items">The items that they take.</param>
    /// <param name="attributes">Their memory attributes.</param>
    public void Add(in LeafRow row, int items, ulong attributes)
    {
        if (_items == 0)
        {
            _first = row.Physical;
            _next = row.Physical;
            _access = row.Access;
            _attributes = attributes;
        }

        _isBroken |= row.Physical != _next || row.Access != _access || attributes != _attributes;
        _next = unchecked(row.Physical + row.Bytes);
        _items += items;
    }

    /// <summary>Whether all items are leaves of one run that begins where a larger leaf may.</summary>
    /// <param name="items">Items of the table.</param>
    /// <param name="spanLg2">Log2 of the bytes that the table covers.</param>
    public readonly bool IsOneRun(int items, int spanLg2) =>
        !_isBroken && _items == items && (_first & Levels.LowMask(spanLg2)) == 0;
}
