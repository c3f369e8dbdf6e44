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
    public ImmutableArray<HeldSession> Find()
    {
        List<HeldSession> found = [];
        foreach (string folder in Directory.EnumerateDirectories(processes))
        {
            if (int.TryParse(
                Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            {
                AddTo(found, folder, process);
            }
        }

        found.Sort(static (a, b) => (a.Process, a.Descriptor).CompareTo((b.Process, b.Descriptor)));
        return [.. found];
    }

    /// <inheritdoc/>
    public CallResult Take(HeldSession held) => ForeignDescriptors.Take(held.Process, held.Descriptor);

    // A process may end, or be somebody else's: then nothing of it is seen.
    private static void AddTo(List<HeldSession> found, string folder, int process)
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
