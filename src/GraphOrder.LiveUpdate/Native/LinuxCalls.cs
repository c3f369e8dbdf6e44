using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The kernel that runs, asked by P/Invoke. Allocates nothing but in <see cref="Link"/>. Thread-safe, as the
/// kernel is. <c>statx</c> is used for status, since its layout is one for all machines.
/// </summary>
public sealed unsafe class LinuxCalls : ISystemCalls
{
    private const int PathBytesMax = 4096;
    private const int DuplicateCloseOnExec = 1030;
    private const int AddSealsCommand = 1033;
    private const int GetSealsCommand = 1034;
    private const int DescriptorFlagsCommand = 1;
    private const int StatusFlagsCommand = 3;
    private const int SeekSet = 0;
    private const int SeekCurrent = 1;
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const int CloseOnExec = 0x80000;
    private const int PageBytes = 4096;

    /// <inheritdoc/>
    public CallResult Open(ReadOnlySpan<byte> path, OpenModes modes)
    {
        const uint mode = 0x180;
        if (path.Length >= PathBytesMax)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        byte* ended = stackalloc byte[path.Length + 1];
        End(path, ended);
        return Result(LinuxLibrary.Open(ended, (int)modes, mode));
    }

    /// <inheritdoc/>
    public CallResult Unlink(ReadOnlySpan<byte> path)
    {
        if (path.Length >= PathBytesMax)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        byte* ended = stackalloc byte[path.Length + 1];
        End(path, ended);
        return Result(LinuxLibrary.Unlink(ended));
    }

    /// <inheritdoc/>
    public CallResult CreatePipe(out int writing)
    {
        int* ends = stackalloc int[2];
        CallResult result = Result(LinuxLibrary.Pipe(ends, CloseOnExec));
        writing = result.IsDone ? ends[1] : -1;
        return result.IsDone ? CallResult.Done(ends[0]) : result;
    }

    /// <inheritdoc/>
    public CallResult CreateEvent() => Result(LinuxLibrary.EventDescriptor(0, CloseOnExec));

    /// <inheritdoc/>
    public CallResult CreateMemory(ReadOnlySpan<byte> name, MemoryModes modes)
    {
        const int nameBytesMax = 249;
        if (name.Length > nameBytesMax)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        byte* ended = stackalloc byte[name.Length + 1];
        End(name, ended);
        return Result(LinuxLibrary.CreateMemory(ended, (uint)modes));
    }

    /// <inheritdoc/>
    public CallResult Close(int descriptor) => Result(LinuxLibrary.Close(descriptor));

    /// <inheritdoc/>
    public CallResult Duplicate(int descriptor) =>
        Result(LinuxLibrary.Control(descriptor, DuplicateCloseOnExec, 0));

    /// <inheritdoc/>
    public CallResult Control(int descriptor, uint request, Span<byte> argument)
    {
        fixed (byte* first = argument)
        {
            return Result(LinuxLibrary.DeviceControl(descriptor, request, first));
        }
    }

    /// <inheritdoc/>
    public CallResult Status(int descriptor, out FileStatus status)
    {
        const int emptyPath = 0x1000;
        const uint basicStatistics = 0x7FF;
        const int layoutBytes = 256;
        const ulong blockBytes = 512;
        byte* layout = stackalloc byte[layoutBytes];
        byte* empty = stackalloc byte[1];
        empty[0] = 0;
        CallResult result = Result(
            LinuxLibrary.Status(descriptor, empty, emptyPath, basicStatistics, layout));
        ulong device = ((ulong)*(uint*)(layout + 0x88) << 32) | *(uint*)(layout + 0x8C);
        status = result.IsDone
            ? new FileStatus(
                device,
                *(ulong*)(layout + 0x20),
                *(ushort*)(layout + 0x1C),
                *(uint*)(layout + 0x10),
                *(long*)(layout + 0x28),
                checked((long)(*(ulong*)(layout + 0x30) * blockBytes)))
            : default;
        return result;
    }

    /// <inheritdoc/>
    public CallResult ReadAt(int descriptor, Span<byte> bytes, long offset)
    {
        fixed (byte* first = bytes)
        {
            return Result(LinuxLibrary.ReadAt(descriptor, first, (nuint)bytes.Length, offset));
        }
    }

    /// <inheritdoc/>
    public CallResult WriteAt(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* first = bytes)
        {
            return Result(LinuxLibrary.WriteAt(descriptor, first, (nuint)bytes.Length, offset));
        }
    }

    /// <inheritdoc/>
    public CallResult WriteThroughMapping(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        const int readAndWrite = 3;
        const int shared = 1;
        if (!Status(descriptor, out FileStatus status).IsDone)
        {
            return CallResult.Failed(Errno.BadDescriptor);
        }

        // A store beyond the last page would end the process; what is no regular file has no such pages.
        long pageEnd = status.IsRegular ? (status.Bytes + PageBytes - 1) / PageBytes * PageBytes : 0;
        if (offset < 0 || offset + bytes.Length > pageEnd)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        long start = offset / PageBytes * PageBytes;
        nuint length = (nuint)(offset - start + bytes.Length);
        byte* mapped = LinuxLibrary.Map(null, length, readAndWrite, shared, descriptor, start);
        if (mapped == unchecked((byte*)-1))
        {
            return Result(-1);
        }

        bytes.CopyTo(new Span<byte>(mapped + (offset - start), bytes.Length));
        return Result(LinuxLibrary.Unmap(mapped, length));
    }

    /// <inheritdoc/>
    public CallResult Seek(int descriptor, long position) =>
        Result(LinuxLibrary.Seek(descriptor, position, SeekSet));

    /// <inheritdoc/>
    public CallResult Position(int descriptor) => Result(LinuxLibrary.Seek(descriptor, 0, SeekCurrent));

    /// <inheritdoc/>
    public CallResult SeekExtent(int descriptor, long offset, bool toHole) =>
        Result(LinuxLibrary.Seek(descriptor, offset, toHole ? SeekHole : SeekData));

    /// <inheritdoc/>
    public CallResult SetLength(int descriptor, long bytes) =>
        Result(LinuxLibrary.SetLength(descriptor, bytes));

    /// <inheritdoc/>
    public CallResult Allocate(int descriptor, AllocateModes modes, long offset, long bytes) =>
        Result(LinuxLibrary.Allocate(descriptor, (int)modes, offset, bytes));

    /// <inheritdoc/>
    public CallResult ChangeMode(int descriptor, uint mode) =>
        Result(LinuxLibrary.ChangeMode(descriptor, mode));

    /// <inheritdoc/>
    public CallResult GetSeals(int descriptor) =>
        Result(LinuxLibrary.Control(descriptor, GetSealsCommand, 0));

    /// <inheritdoc/>
    public CallResult AddSeals(int descriptor, Seals seals) =>
        Result(LinuxLibrary.Control(descriptor, AddSealsCommand, (nint)seals));

    /// <inheritdoc/>
    public CallResult DescriptorFlags(int descriptor) =>
        Result(LinuxLibrary.Control(descriptor, DescriptorFlagsCommand, 0));

    /// <inheritdoc/>
    public CallResult StatusFlags(int descriptor) =>
        Result(LinuxLibrary.Control(descriptor, StatusFlagsCommand, 0));

    /// <inheritdoc/>
    public string? Link(int descriptor)
    {
        byte[] path = Encoding.ASCII.GetBytes($"/proc/self/fd/{descriptor}\0");
        byte[] link = new byte[PathBytesMax];
        fixed (byte* first = path)
        fixed (byte* bytes = link)
        {
            nint count = LinuxLibrary.ReadLink(first, bytes, PathBytesMax);
            return count < 0 ? null : Encoding.UTF8.GetString(link, 0, (int)count);
        }
    }

    /// <inheritdoc/>
    public CallResult Compare(int descriptor, int other)
    {
        const int openFile = 0;
        int self = LinuxLibrary.ProcessId();
        return Result(LinuxLibrary.Call(CallNumbers.Compare, self, self, openFile, descriptor, other));
    }

    /// <inheritdoc/>
    public CallResult LimitDescriptors(int count)
    {
        const int openFiles = 7;
        ulong* limits = stackalloc ulong[2];
        CallResult read = Result(LinuxLibrary.Limit(0, openFiles, null, limits));
        if (!read.IsDone)
        {
            return read;
        }

        limits[0] = (ulong)count;
        limits[1] = Math.Max(limits[1], limits[0]);
        return Result(LinuxLibrary.Limit(0, openFiles, limits, null));
    }

    /// <inheritdoc/>
    public CallResult LoadKernel(int kernel, int initialRamDisk, ReadOnlySpan<byte> commandLine)
    {
        const long noInitialRamDisk = 4;
        const int commandLineBytesMax = 2048;
        if (commandLine.Length >= commandLineBytesMax)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        byte* ended = stackalloc byte[commandLine.Length + 1];
        End(commandLine, ended);
        return Result(LinuxLibrary.Call(
            CallNumbers.LoadKernelFile,
            kernel,
            initialRamDisk,
            commandLine.Length + 1,
            (long)ended,
            initialRamDisk < 0 ? noInitialRamDisk : 0));
    }

    /// <inheritdoc/>
    public CallResult Jump()
    {
        const long magic = 0xFEE1DEAD;
        const long secondMagic = 672274793;
        const long kexec = 0x45584543;
        LinuxLibrary.Sync();
        return Result(LinuxLibrary.Call(CallNumbers.Reboot, magic, secondMagic, kexec, 0, 0));
    }

    private static void End(ReadOnlySpan<byte> bytes, byte* ended)
    {
        bytes.CopyTo(new Span<byte>(ended, bytes.Length));
        ended[bytes.Length] = 0;
    }

    private static CallResult Result(long value) => value < 0
        ? CallResult.Failed((Errno)Marshal.GetLastPInvokeError())
        : CallResult.Done(value);
}
