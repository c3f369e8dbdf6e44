namespace GraphOrder.Fuzz;

/// <summary>A file in memory for readers that take a path; one for each process.</summary>
internal static class ScratchFile
{
    private static readonly string Place = Choose();

    /// <summary>Writes the bytes and tells where.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Place, bytes);
        return Place;
    }

    // A process that is killed leaves its file: at most one input long.
    private static string Choose()
    {
        string folder = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string place = Path.Combine(folder, $"graph-order-fuzz-{Environment.ProcessId}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(place);
        return place;
    }
}
