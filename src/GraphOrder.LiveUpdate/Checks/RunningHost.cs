using System.Collections.Immutable;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>What can be read of the machine without asking its kernel for anything. Immutable.</summary>
/// <param name="Release">The running kernel's release.</param>
/// <param name="Boot">What is new with each boot.</param>
/// <param name="HasDevice">Whether /dev/liveupdate is there.</param>
/// <param name="BootSwitches">The kernel's command line.</param>
/// <param name="IsImageLoaded">Whether a kernel is loaded for kexec; by which call cannot be seen.</param>
/// <param name="Sight">Who holds sessions, as far as it can be seen.</param>
public sealed record RunningHost(
    string Release,
    string Boot,
    bool HasDevice,
    string BootSwitches,
    bool IsImageLoaded,
    SessionSight Sight)
{
    // So that the machine's own id, which man machine-id wants kept, is in no journal.
    private const string Purpose = "graphorder/journal/1";
    private const int MachineBytes = 16;

    /// <summary>Who holds sessions, as far as it can be seen.</summary>
    public ImmutableArray<HeldSession> Held => Sight.Held;

    /// <summary>
    /// What tells the machine from any other and stays when it boots: 32 hexadecimal digits made of
    /// /etc/machine-id, which cannot be told from them; null where there is none.
    /// </summary>
    public string? Machine { get; init; }

    /// <summary>The kernel that runs, and the process that asks.</summary>
    /// <param name="process">The process.</param>
    public KernelIdentity IdentityOf(int process) => new(Release, Boot, process) { Machine = Machine };

    /// <summary>Whether a kernel ran on this machine; null where nobody knows.</summary>
    /// <param name="kernel">The kernel.</param>
    public bool? IsMachineOf(KernelIdentity kernel) =>
        kernel.Machine is { } its && Machine is { } own ? its == own : null;

    /// <summary>Reads the machine.</summary>
    /// <param name="root">Where its file systems are; <c>/</c>.</param>
    public static RunningHost Read(string root = "/")
    {
        string processes = Path.Combine(root, "proc");
        bool hasDevice = File.Exists(Path.Combine(root, "dev/liveupdate"));
        SessionSight seen = Directory.Exists(processes)
            ? new ProcessSessions(processes).Look()
            : SessionSight.None;
        return new RunningHost(
            TextOf(processes, "sys/kernel/osrelease"),
            TextOf(processes, "sys/kernel/random/boot_id"),
            hasDevice,
            TextOf(processes, "cmdline"),
            TextOf(root, "sys/kernel/kexec_loaded") == "1",
            seen with { IsWhole = seen.IsWhole && (hasDevice || !seen.Held.IsEmpty) })
        {
            Machine = MachineOf(TextOf(root, "etc/machine-id")),
        };
    }

    // Before the first boot is over systemd has a word there in place of an id.
    private static string? MachineOf(string id)
    {
        if (id.Length == 0 || id == "uninitialized")
        {
            return null;
        }

        Sha256 hash = new();
        Span<byte> digest = stackalloc byte[Digest.ByteCount];
        hash.Append(Encoding.UTF8.GetBytes($"{Purpose}\n{id}"));
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest[..MachineBytes]);
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
