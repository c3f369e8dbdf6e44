namespace GraphOrder.LiveUpdate;

/// <content>The calls on files: mm/shmem.c, mm/memfd.c, fs/open.c, fs/read_write.c.</content>
public sealed partial class SimulatedProcess
{
    private const int PageBytes = PageContent.PageBytes;
    private const Seals AgainstWriting = Seals.Write | Seals.FutureWrite;

    /// <inheritdoc/>
    public CallResult Status(int descriptor, out FileStatus status)
    {
        const ulong device = 1;
        Demand();
        status = default;
        if (_descriptors.Find(descriptor) is not OpenFile file)
        {
            return CallResult.Failed(Errno.BadDescriptor);
        }

        SimulatedInode inode = file.Inode;
        status = new FileStatus(
            device,
            inode.Number,
            inode.Mode,
            inode.LinkCount,
            inode.Content?.Size ?? 0,
            inode.Content?.AllocatedBytes ?? 0);
        return CallResult.Done();
    }

    /// <inheritdoc/>
    public CallResult ReadAt(int descriptor, Span<byte> bytes, long offset)
    {
        Demand();
        if (offset < 0)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        error = CanMoveBytes(file, file.CanRead, bytes.Length, offset);
        return error != Errno.None ? CallResult.Failed(error)
            : CallResult.Done(file.Inode.Content?.Read(bytes, offset) ?? 0);
    }

    /// <inheritdoc/>
    public CallResult WriteAt(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        Demand();
        if (offset < 0)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        error = CanMoveBytes(file, file.CanWrite, bytes.Length, offset);
        return error != Errno.None ? CallResult.Failed(error)
            : file.Inode.Content is PageContent content ? Write(file.Inode, content, bytes, offset)
            : CallResult.Done(bytes.Length);
    }

    /// <inheritdoc/>
    public CallResult WriteThroughMapping(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        Demand();
        if (_descriptors.Find(descriptor) is not OpenFile file)
        {
            return CallResult.Failed(Errno.BadDescriptor);
        }

        PageContent? content = file.Inode.Content;
        long pageEnd = (content?.PageCount ?? 0) * PageBytes;
        if (offset < 0 || offset + bytes.Length > pageEnd || (bytes.Length == 0 && offset % PageBytes == 0))
        {
            return CallResult.Failed(Errno.Invalid);
        }

        Errno error = file.IsPathOnly ? Errno.BadDescriptor
            : !file.CanRead || !file.CanWrite ? Errno.AccessDenied
            : (file.Inode.Seals & AgainstWriting) != 0 ? Errno.NotPermitted : Errno.None;
        return error == Errno.None && !TryStore(content!, bytes, offset, out _)
            ? CallResult.Failed(Errno.NoMemory)
            : Answer(error);
    }

    /// <summary>mmap(2) of a file's first page, shared, to read and write: whether that is given.</summary>
    internal CallResult MapPage(int descriptor)
    {
        Demand();
        return _descriptors.Find(descriptor) is not { IsPathOnly: false } file
            ? CallResult.Failed(Errno.BadDescriptor)
            : Answer(!file.CanRead || !file.CanWrite ? Errno.AccessDenied
                : file.Inode.Content is null ? Errno.NoDevice
                : (file.Inode.Seals & AgainstWriting) != 0 ? Errno.NotPermitted : Errno.None);
    }

    /// <inheritdoc/>
    public CallResult Seek(int descriptor, long position)
    {
        Demand();
        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        switch (file.Inode.Kind)
        {
            case InodeKind.Null or InodeKind.Event:
                return CallResult.Done();
            case InodeKind.Memory or InodeKind.HugeMemory or InodeKind.Folder:
                if (position < 0)
                {
                    return CallResult.Failed(Errno.Invalid);
                }

                file.Position = position;
                return CallResult.Done(position);
            default:
                return CallResult.Failed(Errno.NotSeekable);
        }
    }

    /// <inheritdoc/>
    public CallResult Position(int descriptor)
    {
        Demand();
        return Find(descriptor, out Errno error) is not OpenFile file ? CallResult.Failed(error)
            : file.Inode.Content is null && file.Inode.Kind is not (InodeKind.Null or InodeKind.Event
                or InodeKind.Folder)
                ? CallResult.Failed(Errno.NotSeekable)
                : CallResult.Done(file.Position);
    }

    /// <inheritdoc/>
    public CallResult SeekExtent(int descriptor, long offset, bool toHole)
    {
        Demand();
        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        if (file.Inode.Content is not PageContent content)
        {
            return file.Inode.Kind == InodeKind.Folder ? CallResult.Failed(Errno.Invalid) : Seek(descriptor,
                0);
        }

        long found = content.SeekExtent(offset, toHole);
        if (found < 0)
        {
            return CallResult.Failed(Errno.NothingThere);
        }

        file.Position = found;
        return CallResult.Done(found);
    }

    /// <inheritdoc/>
    public CallResult SetLength(int descriptor, long bytes)
    {
        Demand();
        if (bytes < 0)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        if (!file.CanWrite || file.Inode.Content is not PageContent content)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        Seals seals = file.Inode.Seals;
        bool isRefused = (bytes < content.Size && (seals & Seals.Shrink) != 0)
            || (bytes > content.Size && (seals & Seals.Grow) != 0)
            || (bytes != content.Size && file.Inode.IsFrozen);
        if (isRefused)
        {
            return CallResult.Failed(Errno.NotPermitted);
        }

        content.SetSize(bytes);
        return CallResult.Done();
    }

    /// <inheritdoc/>
    public CallResult Allocate(int descriptor, AllocateModes modes, long offset, long bytes)
    {
        const AllocateModes ofMemory = AllocateModes.KeepSize | AllocateModes.PunchHole;
        Demand();
        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        error = offset < 0 || bytes <= 0 ? Errno.Invalid
            : !IsMode((int)modes) ? Errno.NotSupported
            : !file.CanWrite ? Errno.BadDescriptor
            : file.Inode.Kind == InodeKind.Pipe ? Errno.NotSeekable
            : file.Inode.Content is null ? Errno.NoDevice
            : offset > long.MaxValue - bytes ? Errno.FileTooBig
            : (modes & ~ofMemory) != 0 ? Errno.NotSupported
            : file.Inode.IsFrozen ? Errno.NotPermitted : Errno.None;
        return error != Errno.None ? CallResult.Failed(error)
            : (modes & AllocateModes.PunchHole) != 0
                ? PunchHole(file.Inode, offset, bytes)
                : Allocate(file.Inode, (modes & AllocateModes.KeepSize) != 0, offset, bytes);
    }

    /// <inheritdoc/>
    public CallResult ChangeMode(int descriptor, uint mode)
    {
        const uint permissions = 0xFFF;
        const uint execution = 0x49;
        Demand();
        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        SimulatedInode inode = file.Inode;
        if (inode.Kind is InodeKind.Session or InodeKind.Event)
        {
            return CallResult.Failed(Errno.NotSupported);
        }

        if ((inode.Seals & Seals.Exec) != 0 && ((inode.Mode ^ mode) & execution) != 0)
        {
            return CallResult.Failed(Errno.NotPermitted);
        }

        inode.Mode = (inode.Mode & ~permissions) | (mode & permissions);
        return CallResult.Done();
    }

    /// <inheritdoc/>
    public CallResult GetSeals(int descriptor)
    {
        Demand();
        return Find(descriptor, out Errno error) is not OpenFile file ? CallResult.Failed(error)
            : file.Inode.Content is null ? CallResult.Failed(Errno.Invalid)
            : CallResult.Done((long)file.Inode.Seals);
    }

    /// <inheritdoc/>
    public CallResult AddSeals(int descriptor, Seals seals)
    {
        const Seals known = (Seals)0x3F;
        const uint execution = 0x49;
        Demand();
        if (Find(descriptor, out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        SimulatedInode inode = file.Inode;
        bool canRun = (inode.Mode & execution) != 0;
        Seals added = (seals & Seals.Exec) != 0 && canRun
            ? seals | Seals.Shrink | Seals.Grow | Seals.Write | Seals.FutureWrite
            : seals;
        bool addsWrite = (added & Seals.Write) != 0 && (inode.Seals & Seals.Write) == 0;
        error = !file.CanWrite ? Errno.NotPermitted
            : (seals & ~known) != 0 || inode.Content is null ? Errno.Invalid
            : (inode.Seals & Seals.Seal) != 0 ? Errno.NotPermitted
            : addsWrite && inode is { IsFrozen: true, Content.PageCount: > 0 } ? Errno.Busy : Errno.None;
        if (error != Errno.None)
        {
            return CallResult.Failed(error);
        }

        inode.Seals |= added;
        return CallResult.Done();
    }

    // The modes that fallocate knows before it asks the file (fs/open.c): zero range and unshare with the
    // size
    // kept or not, a hole only with it, collapse, insert and write zeroes only without.
    private static bool IsMode(int modes) => (modes & ~1) switch
    {
        0 or 0x10 or 0x40 => true,
        0x02 => (modes & 1) != 0,
        0x08 or 0x20 or 0x80 => (modes & 1) == 0,
        _ => false,
    };

    private static Errno CanMoveBytes(OpenFile file, bool mayMove, int count, long offset) =>
        file.Inode.Kind is InodeKind.Pipe or InodeKind.Event or InodeKind.Session or InodeKind.Posted
            ? Errno.NotSeekable
        : !mayMove ? Errno.BadDescriptor
        : file.Inode.Kind == InodeKind.Folder ? SimulatedTree.Directory
        : file.Inode.Kind == InodeKind.UpdateDevice ? Errno.Invalid
        : offset > long.MaxValue - count ? Errno.Invalid : Errno.None;

    // Page by page, as generic_perform_write does, and asked chunk by chunk: what was written in front of a
    // refusal stays and counts.
    private CallResult Write(
        SimulatedInode inode, PageContent content, ReadOnlySpan<byte> bytes, long offset)
    {
        int done = 0;
        Errno error = Errno.None;
        while (done < bytes.Length && error == Errno.None)
        {
            long at = offset + done;
            int part = (int)Math.Min(PageBytes - (at % PageBytes), bytes.Length - done);
            int chunk = _kernel.Options.WriteChunkBytes;
            long asked = Math.Min(chunk - (at % chunk), bytes.Length - done);
            bool grows = at + asked > content.Size;
            bool isRefused = (inode.Seals & AgainstWriting) != 0
                || (grows && ((inode.Seals & Seals.Grow) != 0 || inode.IsFrozen));
            error = isRefused ? Errno.NotPermitted
                : content.TryStore(bytes.Slice(done, part), at) ? Errno.None : Errno.NoMemory;
            if (error == Errno.None)
            {
                content.Size = Math.Max(content.Size, at + part);
                done += part;
            }
        }

        return done > 0 || error == Errno.None ? CallResult.Done(done) : CallResult.Failed(error);
    }

    private static bool TryStore(PageContent content, ReadOnlySpan<byte> bytes, long offset, out int done)
    {
        for (done = 0; done < bytes.Length;)
        {
            long at = offset + done;
            int part = (int)Math.Min(PageBytes - (at % PageBytes), bytes.Length - done);
            if (!content.TryStore(bytes.Slice(done, part), at))
            {
                return false;
            }

            done += part;
        }

        return true;
    }

    private static CallResult PunchHole(SimulatedInode inode, long offset, long bytes)
    {
        if ((inode.Seals & AgainstWriting) != 0)
        {
            return CallResult.Failed(Errno.NotPermitted);
        }

        inode.Content!.Punch(offset, bytes);
        return CallResult.Done();
    }

    private static CallResult Allocate(SimulatedInode inode, bool keepsSize, long offset, long bytes)
    {
        PageContent content = inode.Content!;
        long end = offset + bytes;
        if (end > content.Size && (inode.Seals & Seals.Grow) != 0)
        {
            return CallResult.Failed(Errno.NotPermitted);
        }

        if (end > long.MaxValue - PageBytes + 1)
        {
            return CallResult.Failed(Errno.FileTooBig);
        }

        if (!content.TryReserve(offset / PageBytes, (end - 1) / PageBytes))
        {
            return CallResult.Failed(Errno.NoSpace);
        }

        content.Size = keepsSize ? content.Size : Math.Max(content.Size, end);
        return CallResult.Done();
    }
}
