using System.Runtime.InteropServices;

namespace GraphOrder.LiveUpdate;

/// <summary>The calls as the C library has them. A span's first byte stands for the address.</summary>
internal static unsafe partial class LinuxLibrary
{
    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport(C, EntryPoint = "unlink", SetLastError = true)]
    public static partial int Unlink(byte* path);

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport(C, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(C, EntryPoint = "memfd_create", SetLastError = true)]
    public static partial int CreateMemory(byte* name, uint flags);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int DeviceControl(int descriptor, nuint request, byte* argument);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(long* asked, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* bytes, nuint count, long offset);

    [LibraryImport(C, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(int descriptor, byte* bytes, nuint count, long offset);

    [LibraryImport(C, EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(int descriptor, long offset, int whence);

    [LibraryImport(C, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetLength(int descriptor, long bytes);

    [LibraryImport(C, EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(int descriptor, int mode, long offset, long bytes);

    [LibraryImport(C, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport(C, EntryPoint = "mmap", SetLastError = true)]
    public static partial byte* Map(
        byte* at, nuint bytes, int protection, int flags, int descriptor, long offset);

    [LibraryImport(C, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(byte* at, nuint bytes);

    [LibraryImport(C, EntryPoint = "readlink", SetLastError = true)]
    public static partial nint ReadLink(byte* path, byte* bytes, nuint count);

    [LibraryImport(C, EntryPoint = "statx", SetLastError = true)]
    public static partial int Status(int folder, byte* path, int flags, uint mask, byte* status);

    [LibraryImport(C, EntryPoint = "prlimit", SetLastError = true)]
    public static partial int Limit(int process, int resource, ulong* limits, ulong* old);

    [LibraryImport(C, EntryPoint = "syscall", SetLastError = true)]
    public static partial long Call(long number, long a, long b, long c, long d, long e);

    [LibraryImport(C, EntryPoint = "sync")]
    public static partial void Sync();

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport(C, EntryPoint = "getpid")]
    public static partial int ProcessId();

    [LibraryImport(C, EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint Send(int socket, byte* message, int flags);

    [LibraryImport(C, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint Receive(int socket, byte* message, int flags);

    [LibraryImport(C, EntryPoint = "dup3", SetLastError = true)]
    public static partial int DuplicateTo(int descriptor, int number, int flags);

    [LibraryImport(C, EntryPoint = "execve", SetLastError = true)]
    public static partial int Execute(byte* path, byte** arguments, byte** environment);

    [LibraryImport(C, EntryPoint = "execv", SetLastError = true)]
    public static partial int ExecuteHere(byte* path, byte** arguments);
}
