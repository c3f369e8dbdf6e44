namespace GraphOrder.LiveUpdate;

/// <summary>A journal on disk: begun, gone on with, or brought over from the kernel before.</summary>
public static class JournalFile
{
    /// <summary>Where a journal lies where nobody says otherwise.</summary>
    public const string DefaultPath = "/run/graph-order/journal";

    /// <summary>
    /// Puts a journal that came over in memory on disk, whole or not at all.
    /// </summary>
    /// <param name="path">The journal.</param>
    /// <param name="bytes">Its whole records.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Place(string path, ReadOnlySpan<byte> bytes)
    {
        string beside = $"{path}.new";
        if (File.Exists(beside))
        {
            File.Delete(beside);
        }

        using (FileJournalStore store = FileJournalStore.Create(beside))
        {
            store.Append(bytes);
            store.Flush();
        }

        File.Move(beside, path, overwrite: true);
        FileJournalStore.FlushNames(Path.GetDirectoryName(Path.GetFullPath(path)));
    }
}
