using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>What can be read of the machine without asking its kernel for anything. Immutable.</summary>
/// <param name="Release">The running kernel's release.</param>
/// <param name="Boot">What is new with each boot.</param>
/// <param name="HasDevice">Whether /dev/liveupdate is there.</param>
/// <param name="BootSwitches">The kernel's command line.</param>
/// <param name="IsImageLoaded">Whether a kernel is loaded for kexec; by which call cannot be seen.</param>
/// <param name="Held">Who holds sessions, as far as it can be seen.</param>
public sealed record RunningHost(
    string Release,
    string Boot,
    bool HasDevice,
    string BootSwitches,
    bool IsImageLoaded,
    ImmutableArray<HeldSession> Held)
{
    /// <summary>Reads the machine.</summary>
    /// <param name="root">Where its file systems are; <c>/</c>.</param>
    public static RunningHost Read(string root = "/")
    {
        string processes = Path.Combine(root, "proc");
        return new RunningHost(
            TextOf(processes, "sys/kernel/osrelease"),
            TextOf(processes, "sys/kernel/random/boot_id"),
            File.Exists(Path.Combine(root, "dev/liveupdate")),
            TextOf(processes, "cmdline"),
            TextOf(root, "sys/kernel/kexec_loaded") == "1",
            Directory.Exists(processes) ? new ProcessSessions(processes).Find() : []);
    }

    private static string TextOf(string folder, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, path)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
