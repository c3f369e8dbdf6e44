using System.Runtime.InteropServices;
using GraphOrder.LiveUpdate;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.KernelGuest;

/// <summary>What the first process of a machine needs beyond <c>LinuxCalls</c>.</summary>
internal static partial class Library
{
    private const string C = "libc";

    /// <summary>reboot(2) LINUX_REBOOT_CMD_RESTART.</summary>
    public const int Restart = 0x01234567;

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    /// <summary>tcdrain(3): until what was written to a terminal is sent.</summary>
    [LibraryImport(C, EntryPoint = "tcdrain", SetLastError = true)]
    public static partial int Drain(int terminal);

    [LibraryImport(C, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string what, string where, string kind, nuint flags, string? options);

    [LibraryImport(C, EntryPoint = "reboot", SetLastError = true)]
    public static partial int Reboot(int command);

    /// <summary>fork(2). The child may do nothing but <see cref="End"/>.</summary>
    [LibraryImport(C, EntryPoint = "fork")]
    [SuppressGCTransition]
    public static partial int Fork();

    [LibraryImport(C, EntryPoint = "_exit")]
    [SuppressGCTransition]
    public static partial void End(int code);

    [LibraryImport(C, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int process, IntPtr status, int options);

    [LibraryImport(C, EntryPoint = "sync")]
    public static partial void Sync();

    /// <summary>syslog(2): how many bytes it wrote, negative with an error.</summary>
    [LibraryImport(C, EntryPoint = "klogctl", SetLastError = true)]
    public static partial int KernelLog(int action, Span<byte> bytes, int count);

    /// <summary>mmap(2) of a file's first page, shared, to read and to write; unmapped again.</summary>
    public static CallResult MapPage(int descriptor)
    {
        const int readAndWrite = 3;
        const int shared = 1;
        nint place = Map(0, (nuint)PhysicalMemory.PageBytes, readAndWrite, shared, descriptor, 0);
        if (place == -1)
        {
            return CallResult.Failed((Errno)Marshal.GetLastPInvokeError());
        }

        _ = Unmap(place, (nuint)PhysicalMemory.PageBytes);
        return CallResult.Done();
    }

    /// <summary>What says that something in a folder was made, written or moved there (inotify(7)).</summary>
    public static FileStream Watch(string folder)
    {
        const uint changes = 0x2 | 0x40 | 0x80 | 0x100;
        int watch = StartWatching(0);
        return watch >= 0 && AddWatch(watch, folder, changes) >= 0
            ? new FileStream(new SafeFileHandle(watch, ownsHandle: true), FileAccess.Read, bufferSize: 0)
            : throw new InvalidOperationException($"Cannot watch {folder}: {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Waits until something happened or the time is over, and forgets it.</summary>
    public static void Await(FileStream watch, int milliseconds)
    {
        const int eventsMax = 1 << 16;
        Span<byte> events = stackalloc byte[eventsMax];
        PollEntry entry = new() { Descriptor = (int)watch.SafeFileHandle.DangerousGetHandle(), Wanted = 1 };
        if (Poll(ref entry, 1, milliseconds) > 0)
        {
            _ = watch.Read(events);
        }
    }

    /// <summary>Puts this thread in front of all that are not so, or back (sched(7), SCHED_FIFO).</summary>
    public static void Precede(bool isFirst)
    {
        const int firstAndNotItsChildren = 1 | 0x40000000;
        int priority = isFirst ? 1 : 0;
        if (Schedule(0, isFirst ? firstAndNotItsChildren : 0, ref priority) != 0)
        {
            throw new InvalidOperationException($"Cannot be first: {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport(C, EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int StartWatching(int flags);

    [LibraryImport(
        C, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int watch, string path, uint changes);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entry, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int Schedule(int thread, int policy, ref int priority);

    [LibraryImport(C, EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(
        nint place, nuint bytes, int access, int flags, int descriptor, nint offset);

    [LibraryImport(C, EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint place, nuint bytes);

    // struct pollfd.
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }
}
