using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>The names that manuals and kernel logs use for error numbers.</summary>
public static class ErrnoNames
{
    /// <summary>The name, <c>EBUSY</c>; <c>errno 123</c> for a number that has none here.</summary>
    public static string Name(this Errno error) => error switch
    {
        Errno.None => "0",
        Errno.NotPermitted => "EPERM",
        Errno.NoEntry => "ENOENT",
        Errno.Interrupted => "EINTR",
        Errno.InputOutput => "EIO",
        Errno.NothingThere => "ENXIO",
        Errno.TooBig => "E2BIG",
        Errno.BadDescriptor => "EBADF",
        Errno.TryAgain => "EAGAIN",
        Errno.NoMemory => "ENOMEM",
        Errno.AccessDenied => "EACCES",
        Errno.BadAddress => "EFAULT",
        Errno.Busy => "EBUSY",
        Errno.Exists => "EEXIST",
        Errno.NoDevice => "ENODEV",
        Errno.NotDirectory => "ENOTDIR",
        Errno.Invalid => "EINVAL",
        Errno.TooManyFiles => "EMFILE",
        Errno.WrongCall => "ENOTTY",
        Errno.TextBusy => "ETXTBSY",
        Errno.FileTooBig => "EFBIG",
        Errno.NoSpace => "ENOSPC",
        Errno.NotSeekable => "ESPIPE",
        Errno.NoSystemCall => "ENOSYS",
        Errno.NoData => "ENODATA",
        Errno.NotSupported => "EOPNOTSUPP",
        _ => string.Create(CultureInfo.InvariantCulture, $"errno {(int)error}"),
    };
}
