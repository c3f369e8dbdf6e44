namespace GraphOrder.PageTables;

/// <summary>An item of a table that is being built.</summary>
/// <param name="Table">Physical address of the table.</param>
/// <param name="Level">Its level.</param>
/// <param name="Index">Index of the item.</param>
/// <param name="Iova">First input address of the item, before sign extension.</param>
/// <param name="Reading">What the item says.</param>
internal readonly record struct TablePlace(
    ulong Table, int Level, int Index, ulong Iova, EntryReading Reading)
{
    /// <summary>Physical address of the word.</summary>
    public ulong Word => Table + (ulong)Index * sizeof(ulong);
}
