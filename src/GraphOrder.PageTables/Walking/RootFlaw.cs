namespace GraphOrder.PageTables;

/// <summary>Why a device has no table that can be walked.</summary>
public enum RootFlaw : byte
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>A word on the way is not in the image.</summary>
    OutsideImage,

    /// <summary>An entry on the way is not present: DMA is blocked.</summary>
    NotPresent,

    /// <summary>DMA is not translated.</summary>
    PassThrough,

    /// <summary>A mode, width or translation type that is reserved or unknown here.</summary>
    Unsupported,

    /// <summary>The PASID is beyond the directory or the table.</summary>
    PasidOutOfRange,
}
