namespace GraphOrder.PageTables;

/// <summary>One thing that is wrong with a table: facts, no sentence. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How grave it is here.</param>
/// <param name="Iova">The first input address that the entry stands for.</param>
/// <param name="Level">Level of the table that holds the entry.</param>
/// <param name="Index">Index of the entry; -1 where the fault is of a table or a run as a whole.</param>
/// <param name="Table">
/// Physical address of the table that holds the entry; of a run (T03, T07) the physical address that must not
/// be reached.
/// </param>
/// <param name="Entry">The word; 0 where there is none.</param>
/// <param name="Hardware">What hardware takes the word for.</param>
/// <param name="Kernel">What Linux 7.3 takes it for; where the two differ, both must be told.</param>
public readonly record struct PageTableFault(
    PageTableFaultKind Kind,
    FaultSeverity Severity,
    ulong Iova,
    int Level,
    int Index,
    ulong Table,
    ulong Entry,
    EntryKind Hardware = EntryKind.Empty,
    EntryKind Kernel = EntryKind.Empty)
{
    /// <summary>Whether hardware and Linux read the word differently.</summary>
    public bool IsReadTwoWays => Hardware != Kernel
        && !(Hardware == EntryKind.NotPresent && Kernel == EntryKind.Empty);
}
