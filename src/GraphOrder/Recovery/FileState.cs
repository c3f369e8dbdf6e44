namespace GraphOrder;

/// <summary>
/// How far a file came, and with it every object in it. Untouched is of both kernels, the next four are of
/// the new one, the last four of the old one.
/// </summary>
public enum FileState : byte
{
    /// <summary>New kernel: not retrieved yet. Old kernel: not preserved, or not any more.</summary>
    Untouched,

    /// <summary>New kernel: retrieved.</summary>
    Retrieved,

    /// <summary>New kernel: retrieve failed, for good (kernel/liveupdate/luo_file.c keeps the error).
    /// </summary>
    Failed,

    /// <summary>New kernel: the live update let go of it.</summary>
    Finished,

    /// <summary>New kernel: it is not there.</summary>
    Lost,

    /// <summary>Old kernel: preserved.</summary>
    Preserved,

    /// <summary>Old kernel: frozen; the reboot call has not come back yet.</summary>
    Frozen,

    /// <summary>Old kernel: its freeze was taken back.</summary>
    Unfrozen,

    /// <summary>
    /// Old kernel: a freeze that was taken back killed it for good (the posted vfio series resets the device
    /// and answers EIO from then on).
    /// </summary>
    Dead,
}
