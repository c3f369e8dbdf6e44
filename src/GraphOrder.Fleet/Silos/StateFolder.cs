using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>
/// The folder where a silo keeps what has to survive it. One process has it at a time: the log
/// of events holds a lock.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    /// <summary>What it is called inside a folder of hosts.</summary>
    public const string UsualName = ".fleet";

    private StateFolder(string path)
    {
        Database = Path.Combine(path, "fleet.db");
        EventsPath = Path.Combine(path, "events.jsonl");
        Log = new FileEventLog(EventsPath);
    }

    /// <summary>Where grains are stored.</summary>
    public string Database { get; }

    /// <summary>Where events go.</summary>
    public FileEventLog Log { get; }

    /// <summary>Opens it for a fleet that stores its grains there too.</summary>
    /// <exception cref="ToolException">
    /// It cannot be made, another process has it, or it tells of a fleet whose grains are gone.
    /// </exception>
    public static StateFolder OpenWithGrains(string path)
    {
        StateFolder folder = Open(path);
        if (!File.Exists(folder.Database) && new FileInfo(folder.EventsPath).Length > 0)
        {
            folder.Dispose();
            throw ToolException.File(
                $"'{Printable.Of(folder.EventsPath)}' tells of a fleet, and "
                + $"'{Printable.Of(folder.Database)}', where that is stored, is gone. Bring it back, or move "
                + "the events away to begin anew.");
        }

        return folder;
    }

    /// <summary>Opens it, or makes it for its owner alone.</summary>
    /// <exception cref="ToolException">It cannot be made, or another process has it.</exception>
    public static StateFolder Open(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(
                    path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new StateFolder(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw ToolException.File(
                $"What has to be kept cannot be kept in '{Printable.Of(path)}': {failed.Message} Where "
                + "another fleet runs on it, end that one; otherwise name a folder with --state.");
        }
    }

    private string EventsPath { get; }

    /// <inheritdoc/>
    public void Dispose() => Log.Dispose();
}
