namespace GraphOrder.PageTables;

/// <summary>What a leaf looks like that maps the page of a folio record.</summary>
/// <param name="Keep">The bits that matter.</param>
/// <param name="Others">Those of them that are not the address, as they must be.</param>
/// <param name="FrameShift">By how much a frame is shifted to the left in a word.</param>
internal readonly record struct RecordRule(ulong Keep, ulong Others, int FrameShift)
{
    /// <summary>The bits of a record's first word that are the frame.</summary>
    public const ulong FrameMask = (1UL << 52) - 1;
}
