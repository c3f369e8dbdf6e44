using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// Opens files that nobody named one by one. What is no regular file is not opened, since a pipe would wait
/// for whoever writes to it and a device may do something.
/// </summary>
internal static class RegularFile
{
    private const string Opened = "/proc/self/fd";

    private static readonly LinuxCalls Calls = new();

    /// <summary>Opens it for reading from its beginning.</summary>
    /// <exception cref="HostUnreadableException">It cannot be read, or is no regular file.</exception>
    public static FileStream Open(string path)
    {
        if (!Directory.Exists(Opened))
        {
            return OpenAs(path);
        }

        CallResult found = Look(path);
        if (!found.IsDone)
        {
            throw new HostUnreadableException(found.Error switch
            {
                // What bytes of a name are no text stands there as one sign, by which nothing is found.
                Errno.NoEntry when path.Contains('\ufffd', StringComparison.Ordinal) =>
                    "its name is no text in UTF-8",
                Errno.NoEntry => "there is no file of this name",
                Errno.AccessDenied or Errno.NotPermitted => "it may not be read",
                _ => $"opening it answers {found.Error.Name()}",
            });
        }

        try
        {
            // What was looked at is what is opened, whatever has the name by now.
            return Calls.Status(found.Descriptor, out FileStatus status).IsDone && status.IsRegular
                ? OpenAs($"{Opened}/{found.Descriptor}")
                : throw new HostUnreadableException("it is no regular file");
        }
        finally
        {
            Calls.Close(found.Descriptor);
        }
    }

    /// <summary>Whether there is something of this name that is no regular file.</summary>
    public static bool IsOther(string path)
    {
        CallResult found = Look(path);
        if (!found.IsDone)
        {
            return false;
        }

        bool isKnown = Calls.Status(found.Descriptor, out FileStatus status).IsDone;
        Calls.Close(found.Descriptor);
        return isKnown && !status.IsRegular;
    }

    // Opens a place without what is there: nothing waits, and no device does anything.
    private static CallResult Look(string path) => Calls.Open(
        Encoding.UTF8.GetBytes(path), OpenModes.PathOnly | OpenModes.CloseOnExec);

    private static FileStream OpenAs(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new HostUnreadableException("it may not be read", denied);
        }
        catch (IOException failed)
        {
            throw new HostUnreadableException("opening it fails", failed);
        }
    }
}
