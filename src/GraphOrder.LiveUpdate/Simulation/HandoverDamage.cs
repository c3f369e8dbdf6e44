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

    /// <summary>A page is missing in that table: nothing is said, and it reads as zeros.</summary>
    MissingPage,

    /// <summary>The list of sessions has another version: the next kernel panics.</summary>
    ListVersion,

    /// <summary>The hand-over has another version: the next kernel boots, and everything is gone.</summary>
    HandoverVersion,
}
