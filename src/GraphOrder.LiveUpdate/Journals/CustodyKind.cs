namespace GraphOrder.LiveUpdate;

/// <summary>
/// Who holds the sessions' descriptors at the reboot call. When the last one closes, the kernel unpreserves a
/// session, or finishes it in the new kernel; so whoever holds them decides, dead or alive.
/// </summary>
public enum CustodyKind : byte
{
    /// <summary>
    /// The process that runs the plan, which calls reboot itself. If it is killed, all is let go.
    /// </summary>
    Self,

    /// <summary>The service manager, in its descriptor store: process 1.</summary>
    Systemd,

    /// <summary>A live-update daemon that owns the device.</summary>
    Luod,
}
