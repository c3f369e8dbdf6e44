using System.Diagnostics;

namespace GraphOrder.Fleet;

/// <summary>Plans a folder, and says on a terminal how far it is.</summary>
internal static class PlanProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Plans it.</summary>
    public static async Task<PlannedFolder> RunAsync(
        FleetConsole console, IGrainFactory grains, List<HostFile> files, CancellationToken cancellation)
    {
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
        return planned;
    }
}
