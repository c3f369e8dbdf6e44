namespace GraphOrder;

/// <summary>File numbers by session, each session's in an order of its own. Immutable.</summary>
internal sealed class SessionFiles
{
    private readonly int[] _files;
    private readonly int[] _firsts;

    private SessionFiles(int[] files, int[] firsts)
    {
        _files = files;
        _firsts = firsts;
    }

    /// <summary>The files of a session.</summary>
    public ReadOnlySpan<int> this[int session] =>
        _files.AsSpan(_firsts[session], _firsts[session + 1] - _firsts[session]);

    /// <summary>Sorts files by session, stable in the order given. O(files + sessions).</summary>
    public static SessionFiles Of(int sessionCount, int[] sessionOfFile, ReadOnlySpan<int> files)
    {
        int[] firsts = new int[sessionCount + 1];
        foreach (int file in files)
        {
            firsts[sessionOfFile[file] + 1]++;
        }

        for (int session = 0; session < sessionCount; session++)
        {
            firsts[session + 1] += firsts[session];
        }

        int[] sorted = new int[files.Length];
        int[] next = [.. firsts];
        foreach (int file in files)
        {
            sorted[next[sessionOfFile[file]]++] = file;
        }

        return new SessionFiles(sorted, firsts);
    }

    /// <summary>The same with each session's files in reverse.</summary>
    public SessionFiles Reversed()
    {
        int[] reversed = [.. _files];
        for (int session = 0; session + 1 < _firsts.Length; session++)
        {
            reversed.AsSpan(_firsts[session], _firsts[session + 1] - _firsts[session]).Reverse();
        }

        return new SessionFiles(reversed, _firsts);
    }
}
