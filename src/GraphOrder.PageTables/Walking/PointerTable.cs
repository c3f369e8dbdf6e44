namespace GraphOrder.PageTables;

/// <summary>A table of level 1, as the first pass saw it: where walks of several threads part.</summary>
/// <param name="Table">Its address.</param>
/// <param name="Iova">Its first input address, before sign extension.</param>
/// <param name="TablesMet">Tables that had been met before those that it points to.</param>
/// <param name="Run">
/// The first word, where all others go on from it and none is a table, so that the table need not be read
/// again; else 0.
/// </param>
internal readonly record struct PointerTable(ulong Table, ulong Iova, long TablesMet, ulong Run);
