namespace GraphOrder.PageTables;

/// <summary>
/// Leaves of one size and access that stand side by side in one table and whose addresses advance together.
/// Immutable.
/// </summary>
/// <param name="Iova">Input address of the first byte.</param>
/// <param name="Physical">Output address of the first byte.</param>
/// <param name="Count">Leaves, at least one; a replicated group is one.</param>
/// <param name="SizeLg2">Log2 of the bytes of each.</param>
/// <param name="Access">What the device may do, the tables above included.</param>
/// <param name="Level">Level of the table.</param>
public readonly record struct LeafRow(
    ulong Iova, ulong Physical, int Count, int SizeLg2, PageAccess Access, int Level)
{
    /// <summary>Bytes of all of them.</summary>
    public ulong Bytes => unchecked((ulong)(uint)Count << SizeLg2);

    /// <summary>The run that they are where nothing goes on before or behind them.</summary>
    public LeafRun AsRun() => new(Iova, Physical, Bytes, Access);
}
