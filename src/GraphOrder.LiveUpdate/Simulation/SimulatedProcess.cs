using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>A process of a simulated kernel: a table of descriptors, and the calls that work on
/// them.</summary>
/// <remarks>
/// A call after the process ended, or after its kernel jumped, throws <see
/// cref="InvalidOperationException"/>. Not thread-safe.
/// </remarks>
public sealed partial class SimulatedProcess : ISystemCalls
{
    private readonly SimulatedKernel _kernel;
    private readonly DescriptorTable _descriptors;

    internal SimulatedProcess(SimulatedKernel kernel, DescriptorTable descriptors)
    {
        _kernel = kernel;
        _descriptors = descriptors;
    }

    /// <summary>Whether it ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The kernel on which it runs.</summary>
    public SimulatedKernel Kernel => _kernel;

    /// <summary>fork(2): a process with the same descriptors on the same open files.</summary>
    public SimulatedProcess Fork()
    {
        Demand();
        return new SimulatedProcess(_kernel, _descriptors.Copy());
    }

    /// <summary>
    /// It ends or is killed, which is the same for what it holds: its descriptors are closed, the lowest
    /// first.
    /// </summary>
    public void End()
    {
        Demand();
        foreach (int descriptor in (List<int>)[.. _descriptors.Open])
        {
            _kernel.Release(_descriptors.Remove(descriptor)!);
        }

        HasEnded = true;
    }

    /// <inheritdoc/>
    public CallResult Open(ReadOnlySpan<byte> path, OpenModes modes)
    {
        Demand();
        if (!_descriptors.HasRoom)
        {
            return CallResult.Failed(Errno.TooManyFiles);
        }

        string text = SimulatedTree.Text(path);
        OpenFile? file = OpenFileAt(text, modes, out Errno error);
        return file is null
            ? CallResult.Failed(error)
            : CallResult.Done(_descriptors.Add(file, (modes & OpenModes.CloseOnExec) != 0));
    }

    /// <inheritdoc/>
    public CallResult Unlink(ReadOnlySpan<byte> path)
    {
        Demand();
        return Answer(_kernel.Tree.Remove(SimulatedTree.Text(path)));
    }

    /// <inheritdoc/>
    public CallResult CreatePipe(out int writing)
    {
        Demand();
        writing = -1;
        SimulatedInode inode = _kernel.NewInode(InodeKind.Pipe, SimulatedInode.Fifo | 0x180);
        string link = string.Create(CultureInfo.InvariantCulture, $"pipe:[{inode.Number}]");
        if (!_descriptors.HasRoom)
        {
            return CallResult.Failed(Errno.TooManyFiles);
        }

        int reading = _descriptors.Add(OpenFile.Make(inode, OpenModes.ReadOnly, link), true);
        if (!_descriptors.HasRoom)
        {
            _kernel.Release(_descriptors.Remove(reading)!);
            return CallResult.Failed(Errno.TooManyFiles);
        }

        writing = _descriptors.Add(OpenFile.Make(inode, OpenModes.WriteOnly, link), true);
        return CallResult.Done(reading);
    }

    /// <inheritdoc/>
    public CallResult CreateEvent()
    {
        Demand();
        SimulatedInode inode = _kernel.NewInode(InodeKind.Event, 0x180);
        return Add(inode, OpenModes.ReadWrite, "anon_inode:[eventfd]", closesOnExec: true);
    }

    /// <inheritdoc/>
    public CallResult CreateMemory(ReadOnlySpan<byte> name, MemoryModes modes)
    {
        const int nameBytesMax = 249;
        const MemoryModes known = MemoryModes.CloseOnExec | MemoryModes.AllowSealing | MemoryModes.HugePages
            | MemoryModes.NoExecSeal | MemoryModes.Exec;
        Demand();
        bool hasNoExec = (modes & MemoryModes.NoExecSeal) != 0;
        bool hasBoth = hasNoExec && (modes & MemoryModes.Exec) != 0;
        if (name.Length > nameBytesMax || (modes & ~known) != 0 || hasBoth)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        if (!_descriptors.HasRoom)
        {
            return CallResult.Failed(Errno.TooManyFiles);
        }

        bool isHuge = (modes & MemoryModes.HugePages) != 0;
        SimulatedInode inode = _kernel.NewInode(
            isHuge ? InodeKind.HugeMemory : InodeKind.Memory,
            SimulatedInode.Regular | (hasNoExec ? 0x1B6u : 0x1FFu));
        inode.Content = new PageContent(_kernel.Memory);
        inode.Seals = hasNoExec ? Seals.Exec
            : (modes & MemoryModes.AllowSealing) != 0 ? Seals.None : Seals.Seal;
        return Add(
            inode,
            OpenModes.ReadWrite | OpenFileFlags.Large,
            $"/memfd:{Encoding.UTF8.GetString(name)} (deleted)",
            (modes & MemoryModes.CloseOnExec) != 0);
    }

    /// <inheritdoc/>
    public CallResult Close(int descriptor)
    {
        Demand();
        if (_descriptors.Remove(descriptor) is not OpenFile file)
        {
            return CallResult.Failed(Errno.BadDescriptor);
        }

        _kernel.Release(file);
        return CallResult.Done();
    }

    /// <inheritdoc/>
    public CallResult Duplicate(int descriptor)
    {
        Demand();
        OpenFile? file = _descriptors.Find(descriptor);
        return file is null ? CallResult.Failed(Errno.BadDescriptor)
            : _descriptors.Limit <= 0 ? CallResult.Failed(Errno.Invalid)
            : !_descriptors.HasRoom ? CallResult.Failed(Errno.TooManyFiles)
            : CallResult.Done(_descriptors.Add(file, true));
    }

    /// <inheritdoc/>
    public CallResult Control(int descriptor, uint request, Span<byte> argument)
    {
        Demand();
        OpenFile? file = Find(descriptor, out Errno error);
        return file is null
            ? CallResult.Failed(error)
            : ControlCalls.Control(_kernel, _descriptors, file, request, argument);
    }

    /// <inheritdoc/>
    public CallResult DescriptorFlags(int descriptor)
    {
        Demand();
        return _descriptors.Find(descriptor) is null
            ? CallResult.Failed(Errno.BadDescriptor)
            : CallResult.Done(_descriptors.ClosesOnExec(descriptor) ? 1 : 0);
    }

    /// <inheritdoc/>
    public CallResult StatusFlags(int descriptor)
    {
        Demand();
        return _descriptors.Find(descriptor) is OpenFile file
            ? CallResult.Done((long)file.Modes)
            : CallResult.Failed(Errno.BadDescriptor);
    }

    /// <inheritdoc/>
    public string? Link(int descriptor)
    {
        const string gone = " (deleted)";
        Demand();
        return _descriptors.Find(descriptor) is not OpenFile file ? null
            : file.Inode is { Kind: InodeKind.Memory, LinkCount: 0 } && !file.Link.EndsWith(gone,
                StringComparison.Ordinal)
                ? file.Link + gone
                : file.Link;
    }

    /// <inheritdoc/>
    public CallResult Compare(int descriptor, int other)
    {
        Demand();
        OpenFile? first = _descriptors.Find(descriptor);
        OpenFile? second = _descriptors.Find(other);
        return first is null || second is null ? CallResult.Failed(Errno.BadDescriptor)
            : CallResult.Done(ReferenceEquals(first, second) ? 0 : 1);
    }

    /// <inheritdoc/>
    public CallResult LimitDescriptors(int count)
    {
        const int descriptorsMax = 1 << 20;
        Demand();
        if (count is < 0 or > descriptorsMax)
        {
            return CallResult.Failed(Errno.NotPermitted);
        }

        _descriptors.Limit = count;
        return CallResult.Done();
    }

    /// <inheritdoc/>
    public CallResult LoadKernel(int kernel, int initialRamDisk, ReadOnlySpan<byte> commandLine)
    {
        const int commandLineBytesMax = 2048;
        Demand();
        if (commandLine.Length >= commandLineBytesMax)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        Errno error = CanLoad(kernel);
        error = error == Errno.None && initialRamDisk >= 0 ? CanLoad(initialRamDisk) : error;
        _kernel.HasImage |= error == Errno.None;
        return Answer(error);
    }

    /// <inheritdoc/>
    public CallResult Jump()
    {
        Demand();
        return _kernel.Jump();
    }

    private static CallResult Answer(Errno error) =>
        error == Errno.None ? CallResult.Done() : CallResult.Failed(error);

    private void Demand()
    {
        _kernel.DemandRunning();
        if (HasEnded)
        {
            throw new InvalidOperationException("The process has ended.");
        }
    }

    // What a descriptor of a path alone is good for is little, so most calls ask here.
    private OpenFile? Find(int descriptor, out Errno error)
    {
        OpenFile? file = _descriptors.Find(descriptor);
        error = file is null || file.IsPathOnly ? Errno.BadDescriptor
            : file.IsDead ? Errno.InputOutput : Errno.None;
        return error == Errno.None ? file : null;
    }

    private CallResult Add(SimulatedInode inode, OpenModes modes, string link, bool closesOnExec) =>
        _descriptors.HasRoom
            ? CallResult.Done(_descriptors.Add(OpenFile.Make(inode, modes, link), closesOnExec))
            : CallResult.Failed(Errno.TooManyFiles);

    private Errno CanLoad(int descriptor)
    {
        if (_descriptors.Find(descriptor) is not OpenFile file || !file.CanRead)
        {
            return Errno.BadDescriptor;
        }

        return !file.Inode.IsRegular ? Errno.Invalid
            : file.Inode.WriterCount > 0 ? Errno.TextBusy
            : file.Inode.Content is null or { Size: 0 } ? Errno.Invalid : Errno.None;
    }
}
