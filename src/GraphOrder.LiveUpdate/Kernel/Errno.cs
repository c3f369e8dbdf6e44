namespace GraphOrder.LiveUpdate;

/// <summary>
/// Error numbers of Linux that the calls of a live update answer (uapi/asm-generic/errno-base.h, errno.h);
/// the numbers are the same on x86-64, arm64 and riscv64. Others keep their number and have no name.
/// </summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>EPERM: sealed, frozen, or without the right to.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT: no such session, token, path, or no handler for this kind of file.</summary>
    NoEntry = 2,

    /// <summary>EINTR: a signal came first.</summary>
    Interrupted = 4,

    /// <summary>EIO: for good; the kernel keeps it.</summary>
    InputOutput = 5,

    /// <summary>ENXIO: no data, or no hole, at or behind an offset.</summary>
    NothingThere = 6,

    /// <summary>E2BIG: a structure has a tail that this kernel does not know.</summary>
    TooBig = 7,

    /// <summary>EBADF: not an open descriptor, or not one for this.</summary>
    BadDescriptor = 9,

    /// <summary>EAGAIN.</summary>
    TryAgain = 11,

    /// <summary>ENOMEM.</summary>
    NoMemory = 12,

    /// <summary>EACCES.</summary>
    AccessDenied = 13,

    /// <summary>EFAULT: a bad address.</summary>
    BadAddress = 14,

    /// <summary>EBUSY: open already, preserved already, pinned, or not ready to finish.</summary>
    Busy = 16,

    /// <summary>EEXIST: a session's name or a token is taken.</summary>
    Exists = 17,

    /// <summary>ENODEV.</summary>
    NoDevice = 19,

    /// <summary>ENOTDIR.</summary>
    NotDirectory = 20,

    /// <summary>EINVAL.</summary>
    Invalid = 22,

    /// <summary>EMFILE: no free descriptor.</summary>
    TooManyFiles = 24,

    /// <summary>ENOTTY: the call has another encoding.</summary>
    WrongCall = 25,

    /// <summary>ETXTBSY.</summary>
    TextBusy = 26,

    /// <summary>EFBIG.</summary>
    FileTooBig = 27,

    /// <summary>ENOSPC.</summary>
    NoSpace = 28,

    /// <summary>ESPIPE.</summary>
    NotSeekable = 29,

    /// <summary>ENOSYS: the kernel has no such call.</summary>
    NoSystemCall = 38,

    /// <summary>ENODATA.</summary>
    NoData = 61,

    /// <summary>EOPNOTSUPP: seals that this kernel does not know.</summary>
    NotSupported = 95,
}
