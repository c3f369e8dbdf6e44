namespace GraphOrder.LiveUpdate;

/// <summary>
/// Numbers and layouts of the calls (include/uapi/linux/liveupdate.h, Linux 7.3). Every structure begins with
/// its own size; a longer one is taken while its unknown tail is zero.
/// </summary>
public static class LiveUpdateAbi
{
    /// <summary>The device. One opener at a time.</summary>
    public const string DevicePath = "/dev/liveupdate";

    /// <summary>LIVEUPDATE_IOCTL_CREATE_SESSION, on the device.</summary>
    public const uint CreateSession = 0xBA00;

    /// <summary>LIVEUPDATE_IOCTL_RETRIEVE_SESSION, on the device.</summary>
    public const uint RetrieveSession = 0xBA01;

    /// <summary>LIVEUPDATE_SESSION_PRESERVE_FD, on an outgoing session.</summary>
    public const uint PreserveFile = 0xBA40;

    /// <summary>LIVEUPDATE_SESSION_RETRIEVE_FD, on an incoming session.</summary>
    public const uint RetrieveFile = 0xBA41;

    /// <summary>LIVEUPDATE_SESSION_FINISH, on an incoming session.</summary>
    public const uint Finish = 0xBA42;

    /// <summary>LIVEUPDATE_SESSION_GET_NAME, on any session.</summary>
    public const uint GetName = 0xBA43;

    /// <summary>Bytes of a create, retrieve session or get name: size, descriptor or reserved,
    /// name.</summary>
    public const int NameArgumentBytes = 72;

    /// <summary>Where the name begins in those, with room for 63 bytes and a NUL.</summary>
    public const int NameOffset = 8;

    /// <summary>Bytes of a preserve or retrieve: size, descriptor, token.</summary>
    public const int FileArgumentBytes = 16;

    /// <summary>Bytes of a finish: size, reserved.</summary>
    public const int FinishArgumentBytes = 8;

    /// <summary>Where the descriptor lies in all that have one: a signed 32-bit number.</summary>
    public const int DescriptorOffset = 4;

    /// <summary>Where the token lies: 64 bits.</summary>
    public const int TokenOffset = 8;

    /// <summary>What the link of a session's descriptor begins with, the name after it.</summary>
    public const string SessionLink = "anon_inode:[luo_session] ";
}
