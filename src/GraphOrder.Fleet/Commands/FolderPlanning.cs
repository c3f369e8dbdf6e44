using System.Diagnostics;

namespace GraphOrder.Fleet;

/// <summary>Makes a folder the fleet, and says what became of it.</summary>
internal static class FolderPlanning
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Plans it; on a terminal it says how far it is.</summary>
    /// <param name="console">Where it says so.</param>
    /// <param name="grains">The fleet.</param>
    /// <param name="files">The documents of the folder.</param>
    /// <param name="wayOut">
    /// What to do where none of the fleet's hosts is in the folder and that is right; null where that is
    /// what somebody wants.
    /// </param>
    /// <param name="cancellation">Cancels it; what is declared by then stays so.</param>
    /// <exception cref="Cli.ToolException">It is another fleet's folder.</exception>
    public static async Task<PlannedFolder> RunAsync(
        FleetConsole console,
        IGrainFactory grains,
        List<HostFile> files,
        string? wayOut,
        CancellationToken cancellation)
    {
        KnownHosts known = await KnownHosts.ReadAsync(grains);
        if (wayOut is not null)
        {
            known.DemandSome(files, wayOut);
        }

        long told = 0;
        PlannedFolder planned = await HostPlanning.RunAsync(
            grains,
            files,
            (done, of) =>
            {
                long before = Interlocked.Read(ref told);
                if (Stopwatch.GetElapsedTime(before) > Pause
                    && Interlocked.CompareExchange(ref told, Stopwatch.GetTimestamp(), before) == before)
                {
                    console.Progress($"planning {done} of {of} documents");
                }
            },
            cancellation);
        console.Progress("");
        foreach (string line in PlanSummary.Lines(planned).Concat(known.Changes(planned.Hosts)))
        {
            console.Say(line);
        }

        return planned;
    }
}
