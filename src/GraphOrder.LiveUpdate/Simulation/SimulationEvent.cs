namespace GraphOrder.LiveUpdate;

/// <summary>One act of a simulated kernel.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Kernel">Which kernel: 1 is the first of its chain.</param>
/// <param name="Session">The session, its bytes read as UTF-8; the FLB's name where one moved.</param>
/// <param name="Token">The file's token; 0 where no file is meant.</param>
/// <param name="Inode">The file's inode in that kernel; 0 where there is none.</param>
/// <param name="Error">Why it refused; <see cref="Errno.None"/> where it did it.</param>
public readonly record struct SimulationEvent(
    SimulationEventKind Kind, int Kernel, string Session, ulong Token, ulong Inode, Errno Error);
