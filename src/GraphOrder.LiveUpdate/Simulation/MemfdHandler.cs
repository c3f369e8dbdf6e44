namespace GraphOrder.LiveUpdate;

/// <summary>The memfd: "memfd-v2" of mm/memfd_luo.c, the only handler that Linux 7.3 has.</summary>
internal sealed class MemfdHandler() : FileHandler(ObjectKind.Memfd)
{
    private const Seals All = (Seals)0x3F;

    public override bool CanPreserve(OpenFile file) =>
        file.Inode is { Kind: InodeKind.Memory, LinkCount: 0 };

    public override object Identity(OpenFile file) => file.Inode;

    public override Errno Preserve(FileCall call)
    {
        PageContent content = call.Inode.Content!;
        if (content.PageCount > call.Kernel.Options.MemfdPagesMax)
        {
            return Errno.FileTooBig;
        }

        if (content.PageCount >= call.Kernel.Options.MemfdPagesLimit)
        {
            return Errno.NoMemory;
        }

        // Seals that it has today are all known, so this cannot happen; a later kernel may have more.
        if ((call.Inode.Seals & ~All) != 0)
        {
            return Errno.NotSupported;
        }

        if (content.Size > 0 && !content.TryFill(0, content.PageCount - 1))
        {
            return Errno.NoMemory;
        }

        call.Inode.IsFrozen = true;
        call.File.Record = new MemfdRecord(content, call.Inode.Seals);
        return Errno.None;
    }

    public override Errno Freeze(FileCall call)
    {
        ((MemfdRecord)call.File.Record!).Position = call.File.File!.Position;
        return Errno.None;
    }

    public override void Unpreserve(FileCall call) => call.Inode.IsFrozen = false;

    public override OpenFile? Retrieve(FileCall call, out Errno error)
    {
        MemfdRecord record = (MemfdRecord)call.File.Record!;
        error = record.Fault;
        if (error != Errno.None)
        {
            record.Content.Release();
            return null;
        }

        // It is made anew with all permissions, and the seal against execution brings those against writing
        // with it on such a file (memfd_add_seals).
        Seals seals = record.Seals;
        if ((seals & Seals.Exec) != 0)
        {
            seals |= Seals.Shrink | Seals.Grow | Seals.Write | Seals.FutureWrite;
        }

        SimulatedInode inode = call.Kernel.NewInode(InodeKind.Memory, SimulatedInode.Regular | 0x1FF);
        inode.Content = record.Content;
        inode.Seals = seals;
        return OpenFile.Make(
            inode, OpenModes.ReadWrite | OpenFileFlags.Large, "/ (deleted)", record.Position);
    }

    public override void Finish(FileCall call)
    {
        if (call.File.File is null && call.File.RetrieveError == Errno.None)
        {
            ((MemfdRecord)call.File.Record!).Content.Release();
        }
    }
}
