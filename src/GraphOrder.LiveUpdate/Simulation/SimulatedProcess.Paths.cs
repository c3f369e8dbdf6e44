using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <content>How paths are opened.</content>
public sealed partial class SimulatedProcess
{
    private OpenFile? OpenFileAt(string path, OpenModes modes, out Errno error)
    {
        int descriptor = SimulatedTree.DescriptorOf(path);
        if (descriptor >= 0)
        {
            return Reopen(descriptor, modes, out error);
        }

        SimulatedInode? inode = _kernel.Tree.Find(path);
        bool isUnnamed = (modes & OpenModes.Unnamed) == OpenModes.Unnamed;
        if (isUnnamed)
        {
            return OpenUnnamed(inode, path, modes, out error);
        }

        bool creates = (modes & OpenModes.Create) != 0;
        if (inode is null && creates)
        {
            error = _kernel.Tree.CanMake(path);
            if (error != Errno.None)
            {
                return null;
            }

            inode = _kernel.Tree.Make(path);
        }
        else if (inode is null)
        {
            error = _kernel.Tree.CanMake(path) == Errno.NotDirectory ? Errno.NotDirectory : Errno.NoEntry;
            return null;
        }
        else if (creates && (modes & OpenModes.Exclusive) != 0)
        {
            error = Errno.Exists;
            return null;
        }

        return Open(inode, modes, path, out error);
    }

    private OpenFile? Open(SimulatedInode inode, OpenModes modes, string link, out Errno error)
    {
        const OpenModes notKept = OpenModes.Create | OpenModes.Exclusive | OpenModes.CloseOnExec;
        OpenFile file = new(inode, modes, link);
        error = Errno.None;
        if (file.IsPathOnly)
        {
            return OpenFile.Make(inode, OpenModes.PathOnly, link);
        }

        if (inode.Kind == InodeKind.Folder && (file.CanWrite || (modes & OpenModes.Create) != 0))
        {
            error = SimulatedTree.Directory;
        }
        else if (inode.Kind == InodeKind.UpdateDevice)
        {
            error = _kernel.OpenDevice();
        }

        return error == Errno.None
            ? OpenFile.Make(inode, (modes & ~notKept) | OpenFileFlags.Large, link)
            : null;
    }

    private OpenFile? OpenUnnamed(SimulatedInode? folder, string path, OpenModes modes, out Errno error)
    {
        error = folder is null ? Errno.NoEntry
            : folder.Kind != InodeKind.Folder ? Errno.NotDirectory
            : (modes & (OpenModes.WriteOnly | OpenModes.ReadWrite)) == 0 ? Errno.Invalid : Errno.None;
        if (error != Errno.None)
        {
            return null;
        }

        SimulatedInode inode = _kernel.Tree.MakeUnnamed();
        string link = string.Create(CultureInfo.InvariantCulture, $"{path}/#{inode.Number} (deleted)");
        return OpenFile.Make(inode, (modes & ~OpenModes.CloseOnExec) | OpenFileFlags.Large, link);
    }

    private OpenFile? Reopen(int descriptor, OpenModes modes, out Errno error)
    {
        if (_descriptors.Find(descriptor) is not OpenFile file)
        {
            error = Errno.NoEntry;
            return null;
        }

        if (file.Inode.Kind is InodeKind.Session or InodeKind.Event or InodeKind.Posted
            && (modes & OpenModes.PathOnly) == 0)
        {
            error = Errno.NothingThere;
            return null;
        }

        return Open(file.Inode, modes, file.Link, out error);
    }
}
