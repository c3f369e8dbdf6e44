namespace GraphOrder.LiveUpdate;

/// <summary>What a call of a random sequence is; its operands are those of <see
/// cref="TortureCall"/>.</summary>
internal enum TortureKind
{
    /// <summary>open of the path <c>Pick</c> with the modes <c>Bytes</c>.</summary>
    Open,

    /// <summary>open of /proc/self/fd/<c>On</c> with the modes <c>Bytes</c>.</summary>
    Reopen,

    /// <summary>pipe2; the writing end is closed at once.</summary>
    Pipe,

    /// <summary>eventfd.</summary>
    Event,

    /// <summary>memfd_create with the modes <c>Bytes</c>.</summary>
    Memory,

    /// <summary>unlink of the path <c>Pick</c>.</summary>
    Unlink,

    /// <summary>close.</summary>
    Close,

    /// <summary>fcntl F_DUPFD_CLOEXEC.</summary>
    Duplicate,

    /// <summary>
    /// ioctl: the request <c>Pick</c>, its size field <c>Bytes</c>, the shape <c>Offset</c> of the rest, the
    /// name or token <c>Token</c>, the descriptor <c>Other</c>.
    /// </summary>
    Control,

    /// <summary>pwrite of <c>Bytes</c> bytes at <c>Offset</c>, of the pattern <c>Token</c>.</summary>
    Write,

    /// <summary>A store through a mapping, likewise.</summary>
    Map,

    /// <summary>pread, likewise.</summary>
    Read,

    /// <summary>ftruncate to <c>Bytes</c>.</summary>
    Length,

    /// <summary>fallocate with the modes <c>Pick</c>.</summary>
    Allocate,

    /// <summary>lseek SEEK_SET to <c>Offset</c>.</summary>
    Seek,

    /// <summary>lseek SEEK_CUR by 0.</summary>
    Position,

    /// <summary>lseek SEEK_DATA from <c>Offset</c>; SEEK_HOLE where <c>Pick</c> is 1.</summary>
    Extent,

    /// <summary>fchmod to <c>Bytes</c>.</summary>
    Mode,

    /// <summary>fcntl F_ADD_SEALS of <c>Bytes</c>.</summary>
    Seal,

    /// <summary>fcntl F_GET_SEALS.</summary>
    Seals,

    /// <summary>fcntl F_GETFD.</summary>
    DescriptorFlags,

    /// <summary>fcntl F_GETFL.</summary>
    StatusFlags,

    /// <summary>fstat: size and allocated bytes of a regular file, mode, names.</summary>
    Status,

    /// <summary>readlink of /proc/self/fd/<c>On</c>.</summary>
    Link,

    /// <summary>kcmp of <c>On</c> and <c>Other</c>.</summary>
    Compare,
}
