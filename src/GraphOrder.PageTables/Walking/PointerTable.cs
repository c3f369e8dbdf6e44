namespace GraphOrder.PageTables;

/// <summary>A table of level 1: where walks of several threads part.</summary>
/// <param name="Iova">Its first input address, before sign extension.</param>
/// <param name="TablesMet">Tables that had been met before those that it points to.</param>
internal readonly record struct PointerTable(ulong Iova, long TablesMet);
