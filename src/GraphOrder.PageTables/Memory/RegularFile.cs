using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>Opens files that a document names: a pipe would wait for whoever writes to it.</summary>
internal static partial class RegularFile
{
    // The same on every machine with the kernel's common headers (include/uapi/asm-generic/fcntl.h).
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private const int NotPermitted = 1;
    private const int AccessDenied = 13;

    /// <summary>Opens a file for reading, and waits for nobody.</summary>
    /// <exception cref="IOException">It cannot be opened, or has no length.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }

        SafeFileHandle file = new(OpenAsIs(path, ReadOnly | NonBlocking | CloseOnExec), ownsHandle: true);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            string why = $"'{path}': {Marshal.GetPInvokeErrorMessage(error)}";
            throw error is NotPermitted or AccessDenied
                ? new UnauthorizedAccessException(why)
                : new IOException(why);
        }

        FileStream stream = new(file, FileAccess.Read, 0);
        if (!stream.CanSeek || Directory.Exists(path))
        {
            stream.Dispose();
            throw new IOException($"'{path}' is no file that has a length.");
        }

        return stream;
    }

    [LibraryImport(
        "libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAsIs(string path, int flags);
}
