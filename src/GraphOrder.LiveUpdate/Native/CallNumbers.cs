using System.Runtime.InteropServices;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Numbers of the calls that the C library does not wrap: x86-64 has a table of its own, other machines share
/// one (uapi/asm-generic/unistd.h).
/// </summary>
internal static class CallNumbers
{
    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>kcmp.</summary>
    public static long Compare => IsX64 ? 312 : 272;

    /// <summary>kexec_file_load.</summary>
    public static long LoadKernelFile => IsX64 ? 320 : 294;

    /// <summary>reboot.</summary>
    public static long Reboot => IsX64 ? 169 : 142;
}
