namespace GraphOrder.PageTables;

/// <summary>
/// Leaves of 4 KiB as folio records have them: two words for each page, the lower 52 bits of the first its
/// frame, the second its index in the file (include/linux/kho/abi/memfd.h of 7.3).
/// </summary>
public readonly ref struct FolioPrediction
{
    /// <summary>Two words for each leaf.</summary>
    public required ReadOnlySpan<ulong> Records { get; init; }

    /// <summary>The index of the first; each following one is one higher.</summary>
    public required ulong FirstIndex { get; init; }

    /// <summary>What the device may do with all of them.</summary>
    public required PageAccess Access { get; init; }
}
