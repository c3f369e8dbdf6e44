using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Brings a folder's names to disk: a file that was flushed is lost in a power cut all the same while its
/// name is in memory alone (fsync(2), notes). .NET opens no folder, so this does.
/// </summary>
internal static unsafe class FolderSync
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Comes back when the names are on disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened, or its disk failed.</exception>
    public static void Flush(string folder)
    {
        byte[] path = [.. Encoding.UTF8.GetBytes(folder), 0];
        int descriptor;
        fixed (byte* text = path)
        {
            descriptor = LinuxLibrary.Open(text, CloseOnExec, 0);
        }

        Errno error = descriptor < 0 ? LastError() : Errno.None;
        if (descriptor >= 0)
        {
            error = LinuxLibrary.Sync(descriptor) < 0 ? LastError() : Errno.None;
            _ = LinuxLibrary.Close(descriptor);
        }

        // A file system that has nothing to bring to disk says that it cannot.
        if (error is not Errno.None and not Errno.Invalid)
        {
            throw new IOException(
                $"The names in the folder '{folder}' could not be brought to disk: {error.Name()}.");
        }
    }

    private static Errno LastError() => (Errno)Marshal.GetLastPInvokeError();
}
