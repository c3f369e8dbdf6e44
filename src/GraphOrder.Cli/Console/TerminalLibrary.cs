using System.Runtime.InteropServices;

namespace GraphOrder.Cli;

/// <summary>What the C library does with descriptors of standard streams.</summary>
internal static unsafe partial class TerminalLibrary
{
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int BrokenPipe = 32;

    private const string C = "libc";
    private const short CanWrite = 4;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Writes some of the bytes.</summary>
    /// <returns>How many; -1 where <see cref="Marshal.GetLastPInvokeError"/> tells why not.</returns>
    public static nint Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return Write(descriptor, first, (nuint)bytes.Length);
        }
    }

    /// <summary>Waits until a descriptor that does not block takes more.</summary>
    public static void AwaitRoom(int descriptor)
    {
        Asked asked = new() { Descriptor = descriptor, Events = CanWrite };
        _ = Poll(&asked, 1, -1);
    }

    /// <summary>How many columns a terminal has; 0 where it does not say, or is none.</summary>
    public static int Columns(int descriptor)
    {
        ushort* size = stackalloc ushort[4];
        return DeviceControl(descriptor, GetWindowSize, size) == 0 ? size[1] : 0;
    }

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Asked* asked, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int DeviceControl(int descriptor, nuint request, ushort* argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }
}
