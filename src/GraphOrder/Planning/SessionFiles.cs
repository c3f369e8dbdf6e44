namespace GraphOrder;

/// <summary>
/// File numbers by session, each session's in an order of its own. It stands for the files that it was given
/// last.
/// </summary>
internal sealed class SessionFiles
{
    private int[] _files = [];
    private int[] _firsts = [];
    private int[] _next = [];

    /// <summary>The files of a session.</summary>
    public ReadOnlySpan<int> this[int session] =>
        _files.AsSpan(_firsts[session], _firsts[session + 1] - _firsts[session]);

    /// <summary>Sorts files by session, stable in the order given. O(files + sessions).</summary>
    public void Read(int sessionCount, ReadOnlySpan<int> sessionOfFile, ReadOnlySpan<int> files)
    {
        Span<int> firsts = Scratch.TakeZeros(ref _firsts, sessionCount + 1);
        foreach (int file in files)
        {
            firsts[sessionOfFile[file] + 1]++;
        }

        for (int session = 0; session < sessionCount; session++)
        {
            firsts[session + 1] += firsts[session];
        }

        Span<int> sorted = Scratch.Take(ref _files, files.Length);
        Span<int> next = Scratch.Take(ref _next, sessionCount + 1);
        firsts.CopyTo(next);
        foreach (int file in files)
        {
            sorted[next[sessionOfFile[file]]++] = file;
        }
    }

    /// <summary>Turns each session's files round.</summary>
    public void Reverse(int sessionCount)
    {
        for (int session = 0; session < sessionCount; session++)
        {
            _files.AsSpan(_firsts[session], _firsts[session + 1] - _firsts[session]).Reverse();
        }
    }
}
