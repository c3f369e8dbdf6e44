namespace GraphOrder;

/// <summary>Whether a host can be updated, in one word.</summary>
public enum HostVerdict : byte
{
    /// <summary>A legal order exists, and both kernels take every step of it.</summary>
    Ready,

    /// <summary>An order exists, and a kernel would refuse the set, or a step of it.</summary>
    NotAccepted,

    /// <summary>No legal order exists.</summary>
    NoOrder,

    /// <summary>Its document is no session set.</summary>
    Malformed,

    /// <summary>Its document cannot be read at all, so nothing is known of it.</summary>
    Unreadable,
}
