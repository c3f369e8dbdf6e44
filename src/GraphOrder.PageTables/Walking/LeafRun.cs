namespace GraphOrder.PageTables;

/// <summary>
/// A maximal range in which input and output address advance together under one access, whatever the sizes of
/// its leaves. Immutable.
/// </summary>
/// <param name="Iova">Input address of the first byte.</param>
/// <param name="Physical">Output address of the first byte.</param>
/// <param name="Bytes">Its length; output addresses have at most 56 bits, so it fits.</param>
/// <param name="Access">What the device may do.</param>
public readonly record struct LeafRun(ulong Iova, ulong Physical, ulong Bytes, PageAccess Access);
