namespace GraphOrder.LiveUpdate;

/// <summary>
/// Damage to the memory in which a kernel hands files over, and so what the next one makes of it; each was
/// seen on Linux 7.3.4, which has no checksum.
/// </summary>
public enum HandoverDamage
{
    /// <summary>The memfd's record names seals that do not exist: EOPNOTSUPP, for good.</summary>
    UnknownSeals,

    /// <summary>The table of its pages is not where the record says: EINVAL, for good.</summary>
    NoTable,

    /// <summary>A page in that table was not preserved: EIO, for good.</summary>
    UnpreservedPage,

    /// <summary>The first page with something in it is missing in that table: nothing is said, and it reads
    /// as zeros.</summary>
    MissingPage,

    /// <summary>The list of sessions has another version: the next kernel panics.</summary>
    ListVersion,

    /// <summary>The hand-over has another version: the next kernel boots, and everything is gone.</summary>
    HandoverVersion,

    /// <summary>The record gives that table another length in pages: EINVAL, for good.</summary>
    WrongTableLength,

    /// <summary>The record counts a page less: nothing is said, and the last one reads as zeros.</summary>
    FewerPages,

    /// <summary>The record tells a page more of size: nothing is said, and that reads as zeros.</summary>
    LongerSize,

    /// <summary>The record has a flag that there is not: nothing is said, and nothing is missing.</summary>
    UnknownFlag,

    /// <summary>That table's place has a flag that there is not: nothing is said, and nothing is
    /// missing.</summary>
    UnknownTableFlag,

    /// <summary>The count of live updates is 40 more: the next kernel takes it and says so.</summary>
    UpdateNumber,
}
