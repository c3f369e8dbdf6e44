namespace GraphOrder.Fuzz;

/// <summary>A file and a folder in memory for readers that take a path; one each for each process.</summary>
internal static class ScratchFile
{
    private static readonly string Place = Choose("");
    private static readonly string Tree = Choose("tree-");

    /// <summary>Writes the bytes and tells where.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Place, bytes);
        return Place;
    }

    /// <summary>Empties the folder and tells where it is.</summary>
    public static string Folder()
    {
        Delete(Tree);
        return Directory.CreateDirectory(Tree).FullName;
    }

    // A process that is killed leaves both, at most one input long; fuzz.sh finds them by the number at the
    // end.
    private static string Choose(string word)
    {
        string folder = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string place = Path.Combine(folder, $"graph-order-fuzz-{word}{Environment.ProcessId}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(place);
        return place;
    }

    private static void Delete(string place)
    {
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }
        else
        {
            File.Delete(place);
        }
    }
}
