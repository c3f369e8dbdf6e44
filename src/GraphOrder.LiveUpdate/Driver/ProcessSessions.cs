using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Sessions as /proc shows them: links of descriptors read <c>anon_inode:[luo_session] NAME</c>. Seeing those
/// of other users takes CAP_SYS_PTRACE. Thread-safe.
/// </summary>
/// <param name="processes">The folder of processes, <c>/proc</c>.</param>
public sealed class ProcessSessions(string processes = "/proc") : ISessionHolders
{
    /// <inheritdoc/>
    public ImmutableArray<HeldSession> Find() => Look().Held;

    /// <summary>Looks at every process. Whether the kernel has sessions at all is not asked.</summary>
    public SessionSight Look()
    {
        List<HeldSession> found = [];
        List<int> seen = [];
        bool isWhole = true;
        foreach (string folder in Directory.EnumerateDirectories(processes))
        {
            if (int.TryParse(
                Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            {
                seen.Add(process);
                isWhole &= TryAddTo(found, folder, process);
            }
        }

        found.Sort(static (a, b) => (a.Process, a.Descriptor).CompareTo((b.Process, b.Descriptor)));
        return new SessionSight([.. found], [.. seen], isWhole);
    }

    /// <inheritdoc/>
    public CallResult Take(HeldSession held) => ForeignDescriptors.Take(held.Process, held.Descriptor);

    // A process that ended holds nothing; of somebody else's nothing is seen.
    private static bool TryAddTo(List<HeldSession> found, string folder, int process)
    {
        try
        {
            string? command = null;
            foreach (FileInfo entry in new DirectoryInfo(Path.Combine(folder, "fd")).EnumerateFiles())
            {
                if (entry.LinkTarget is { } link
                    && link.StartsWith(LiveUpdateAbi.SessionLink, StringComparison.Ordinal))
                {
                    command ??= File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n');
                    found.Add(new HeldSession(
                        link[LiveUpdateAbi.SessionLink.Length..],
                        process,
                        command,
                        int.Parse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture)));
                }
            }
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
        }

        return true;
    }
}
