namespace GraphOrder.LiveUpdate;

/// <summary>What a handler is called with.</summary>
internal readonly record struct FileCall(SimulatedKernel Kernel, SimulatedSession Session, PreservedFile File)
{
    /// <summary>The file of the old kernel, or the one retrieved.</summary>
    public SimulatedInode Inode => File.File!.Inode;
}
