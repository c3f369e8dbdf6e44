namespace GraphOrder.PageTables;

/// <summary>Why an image cannot be as it is wanted.</summary>
public enum TableImageFlaw : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>No level of the format has leaves of this size for a single entry.</summary>
    NoSuchLeaf,

    /// <summary>The mapped bytes are zero or no multiple of the leaf.</summary>
    NotWhole,

    /// <summary>The format has no root of this level, or it lies below the leaves.</summary>
    NoSuchTopLevel,

    /// <summary>The input addresses of the root, or 48 bits of output address, do not reach.</summary>
    TooLarge,
}
