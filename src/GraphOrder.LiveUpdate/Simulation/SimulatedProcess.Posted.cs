namespace GraphOrder.LiveUpdate;

/// <content>
/// Files of kinds that Linux 7.3 cannot preserve. The real calls are ioctls of their own subsystems, so a
/// simulated process makes such files by these.
/// </content>
public sealed partial class SimulatedProcess
{
    /// <summary>A file of any kind: of a kind whose handler asks for nothing, or a KVM VM.</summary>
    /// <param name="kind">The kind; of a memfd use <see cref="CreateMemory"/>.</param>
    /// <param name="name">What people call it; a device's address.</param>
    public CallResult CreateFile(ObjectKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return AddPosted(new PostedObject(kind, name));
    }

    /// <summary>A vfio device.</summary>
    public CallResult CreateDevice(string address, bool isVirtualFunction = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        return AddPosted(
            new PostedObject(ObjectKind.VfioDevice, address) { IsVirtualFunction = isVirtualFunction });
    }

    /// <summary>A guest memory or a virtual processor of a KVM VM.</summary>
    public CallResult CreatePart(ObjectKind kind, int machine)
    {
        Demand();
        OpenFile? file = FindPosted(machine, ObjectKind.KvmVm, out Errno error);
        CallResult made = file is null
            ? CallResult.Failed(error)
            : AddPosted(new PostedObject(kind, kind.Name) { Other = file });
        if (made.IsDone)
        {
            file!.References++;
        }

        return made;
    }

    /// <summary>A new address space of an iommufd; its number.</summary>
    public CallResult CreateSpace(int iommufd)
    {
        Demand();
        PostedObject? found = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error)?.Inode.Posted;
        found?.Spaces.Add([]);
        return found is null ? CallResult.Failed(error) : CallResult.Done(found.Spaces.Count - 1);
    }

    /// <summary>
    /// Maps a memfd into an address space, or memory of the process where it is -1. EBUSY once it is
    /// preserved.
    /// </summary>
    public CallResult Map(int iommufd, long space, int memory)
    {
        const Seals againstSize = Seals.Seal | Seals.Grow | Seals.Shrink;
        Demand();
        PostedObject? found = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error)?.Inode.Posted;
        if (found is null)
        {
            return CallResult.Failed(error);
        }

        if (found.IsFrozen || space < 0 || space >= found.Spaces.Count)
        {
            return CallResult.Failed(found.IsFrozen ? Errno.Busy : Errno.NoEntry);
        }

        OpenFile? file = null;
        if (memory >= 0 && (file = Find(memory, out error)) is null)
        {
            return CallResult.Failed(error);
        }

        bool isSealed = file is not null && (file.Inode.Seals & againstSize) == againstSize;
        if (file is not null)
        {
            file.References++;
        }

        found.Spaces[(int)space].Add(new SimulatedArea(file, isSealed));
        return CallResult.Done();
    }

    /// <summary>A new page table (HWPT) of an address space; its number.</summary>
    public CallResult CreateTable(int iommufd, long space)
    {
        Demand();
        PostedObject? found = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error)?.Inode.Posted;
        if (found is null || space < 0 || space >= found.Spaces.Count)
        {
            return CallResult.Failed(found is null ? error : Errno.NoEntry);
        }

        found.Tables.Add(new SimulatedTable((int)space));
        return CallResult.Done(found.Tables.Count - 1);
    }

    /// <summary>Marks a table to be preserved, under a token of its own; EADDRINUSE where that is
    /// taken.</summary>
    public CallResult Mark(int iommufd, long table, ulong token)
    {
        const Errno inUse = (Errno)98;
        Demand();
        PostedObject? found = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error)?.Inode.Posted;
        if (found is null || table < 0 || table >= found.Tables.Count)
        {
            return CallResult.Failed(found is null ? error : Errno.NoEntry);
        }

        if (found.Tables.Exists(other => other.Mark == token))
        {
            return CallResult.Failed(inUse);
        }

        found.Tables[(int)table].Mark = token;
        return CallResult.Done();
    }

    /// <summary>In the next kernel: asks for a table by its token; its number.</summary>
    public CallResult Reclaim(int iommufd, ulong token)
    {
        Demand();
        PostedObject? found = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error)?.Inode.Posted;
        int table = found?.Tables.FindIndex(other => other.Mark == token) ?? -1;
        if (table < 0)
        {
            return CallResult.Failed(found is null ? error : Errno.NoEntry);
        }

        found!.Tables[table].IsReclaimed = true;
        return CallResult.Done(table);
    }

    /// <summary>In the next kernel: asks for every table of every iommufd that is open here.</summary>
    public void ReclaimAll()
    {
        Demand();
        foreach (int descriptor in _descriptors.Open)
        {
            _descriptors.Find(descriptor)!.Inode.Posted?.Tables.ForEach(table => table.IsReclaimed = true);
        }
    }

    /// <summary>Binds a device to an iommufd and attaches it to a table, in place of the one it
    /// has.</summary>
    public CallResult Attach(int device, int iommufd, long table)
    {
        Demand();
        OpenFile? other = FindPosted(iommufd, ObjectKind.Iommufd, out Errno error);
        PostedObject? found = other is null
            ? null
            : FindPosted(device, ObjectKind.VfioDevice, out error)?.Inode.Posted;
        if (found is null || table < 0 || table >= other!.Inode.Posted!.Tables.Count)
        {
            return CallResult.Failed(found is null ? error : Errno.NoEntry);
        }

        if (found.Other is OpenFile old)
        {
            old.Inode.Posted!.Tables[found.Table].Devices--;
            _kernel.Release(old);
        }

        other.References++;
        found.Other = other;
        found.Table = (int)table;
        other.Inode.Posted!.Tables[(int)table].Devices++;
        return CallResult.Done();
    }

    /// <summary>Turns a device's interrupts on or off, or lets a virtual processor run or pause.</summary>
    public CallResult Run(int descriptor, bool isRunning)
    {
        Demand();
        if (Find(descriptor, out Errno error) is not { Inode.Posted: PostedObject found })
        {
            return CallResult.Failed(error == Errno.None ? Errno.WrongCall : error);
        }

        found.IsRunning = isRunning;
        return CallResult.Done();
    }

    private CallResult AddPosted(PostedObject posted)
    {
        Demand();
        return Add(
            _kernel.NewInode(posted),
            OpenModes.ReadWrite,
            $"anon_inode:[{posted.Kind.Name}]",
            closesOnExec: true);
    }

    private OpenFile? FindPosted(int descriptor, ObjectKind kind, out Errno error)
    {
        OpenFile? file = Find(descriptor, out error);
        if (file is not null && file.Inode.Posted?.Kind != kind)
        {
            error = Errno.WrongCall;
            return null;
        }

        return file;
    }
}
