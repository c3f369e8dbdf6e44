namespace GraphOrder.LiveUpdate;

/// <summary>Which kernel runs, and which process asks.</summary>
/// <param name="Release">Its release, as uname has it.</param>
/// <param name="Boot">What is new with each boot: /proc/sys/kernel/random/boot_id.</param>
/// <param name="Process">The process.</param>
public readonly record struct KernelIdentity(string Release, string Boot, int Process)
{
    /// <summary>
    /// What tells its machine from any other (<see cref="RunningHost.Machine"/>); null where that is not
    /// known.
    /// </summary>
    public string? Machine { get; init; }
}
