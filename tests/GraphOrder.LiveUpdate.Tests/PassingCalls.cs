namespace GraphOrder.LiveUpdate;

/// <summary>Passes every call on; a test says which it answers itself.</summary>
internal abstract class PassingCalls(ISystemCalls whole) : ISystemCalls
{
    public virtual CallResult Control(int descriptor, uint request, Span<byte> argument) =>
        whole.Control(descriptor, request, argument);

    public CallResult Open(ReadOnlySpan<byte> path, OpenModes modes) => whole.Open(path, modes);

    public CallResult Unlink(ReadOnlySpan<byte> path) => whole.Unlink(path);

    public CallResult CreatePipe(out int writing) => whole.CreatePipe(out writing);

    public CallResult CreateEvent() => whole.CreateEvent();

    public CallResult CreateMemory(ReadOnlySpan<byte> name, MemoryModes modes) => whole.CreateMemory(name,
        modes);

    public virtual CallResult Close(int descriptor) => whole.Close(descriptor);

    public CallResult Duplicate(int descriptor) => whole.Duplicate(descriptor);

    public CallResult Status(int descriptor, out FileStatus status) => whole.Status(descriptor, out status);

    public CallResult ReadAt(int descriptor, Span<byte> bytes, long offset) =>
        whole.ReadAt(descriptor, bytes, offset);

    public CallResult WriteAt(int descriptor, ReadOnlySpan<byte> bytes, long offset) =>
        whole.WriteAt(descriptor, bytes, offset);

    public CallResult WriteThroughMapping(int descriptor, ReadOnlySpan<byte> bytes, long offset) =>
        whole.WriteThroughMapping(descriptor, bytes, offset);

    public CallResult Seek(int descriptor, long position) => whole.Seek(descriptor, position);

    public CallResult Position(int descriptor) => whole.Position(descriptor);

    public CallResult SeekExtent(int descriptor, long offset, bool toHole) =>
        whole.SeekExtent(descriptor, offset, toHole);

    public CallResult SetLength(int descriptor, long bytes) => whole.SetLength(descriptor, bytes);

    public CallResult Allocate(int descriptor, AllocateModes modes, long offset, long bytes) =>
        whole.Allocate(descriptor, modes, offset, bytes);

    public CallResult ChangeMode(int descriptor, uint mode) => whole.ChangeMode(descriptor, mode);

    public CallResult GetSeals(int descriptor) => whole.GetSeals(descriptor);

    public CallResult AddSeals(int descriptor, Seals seals) => whole.AddSeals(descriptor, seals);

    public CallResult DescriptorFlags(int descriptor) => whole.DescriptorFlags(descriptor);

    public CallResult StatusFlags(int descriptor) => whole.StatusFlags(descriptor);

    public string? Link(int descriptor) => whole.Link(descriptor);

    public CallResult Compare(int descriptor, int other) => whole.Compare(descriptor, other);

    public CallResult LimitDescriptors(int count) => whole.LimitDescriptors(count);

    public CallResult LoadKernel(int kernel, int initialRamDisk, ReadOnlySpan<byte> commandLine) =>
        whole.LoadKernel(kernel, initialRamDisk, commandLine);

    public virtual CallResult Jump() => whole.Jump();
}
