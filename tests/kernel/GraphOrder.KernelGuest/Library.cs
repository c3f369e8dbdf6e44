using System.Runtime.InteropServices;

namespace GraphOrder.KernelGuest;

/// <summary>What the first process of a machine needs beyond <c>LinuxCalls</c>.</summary>
internal static partial class Library
{
    private const string C = "libc";

    /// <summary>reboot(2) LINUX_REBOOT_CMD_RESTART.</summary>
    public const int Restart = 0x01234567;

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

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
}
