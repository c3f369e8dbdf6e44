namespace GraphOrder;

/// <summary>
/// The push rule as an admission check: an HWPT is admitted only when every file of its IOAS has been pushed
/// into the same session, and a session finishes only when every HWPT admitted to it is done. One table of
/// files, one of HWPTs, one counter a session; no graph and no order (Gunthorpe, 2025-10-02,
/// 20251002211217.GI3195829).
/// </summary>
/// <remarks>
/// <para>Sessions, files and HWPTs are numbers from 0 up, each below the count that was given; memory is
/// taken once. Every call is O(1), <see cref="TryAdmit"/> O(files), without a lock and without allocation.
/// </para>
/// <para>All calls may race with one another. <see cref="Push"/> and <see cref="TryAdmit"/> take effect when
/// the file's entry, or the session's counter, changes; <see cref="Finish"/> when it reads or closes the
/// counter; <see cref="Done"/> when it lowers the counter, so that a <see cref="Finish"/> may still count an
/// HWPT whose <see cref="Done"/> has not returned. An HWPT whose <see cref="TryAdmit"/> has not returned is
/// not admitted for <see cref="Done"/>.</para>
/// <para>Pushing, admitting, being done or finishing twice, or too late, is an answer and changes nothing.
/// A number that is not below its count throws
/// <see cref="ArgumentOutOfRangeException"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// SessionGate gate = new(sessionCount: 1, fileCount: 2, hwptCount: 1);
/// gate.Push(0, 0);
/// Span&lt;int&gt; missing = stackalloc int[2];
/// gate.TryAdmit(0, 0, [0, 1], missing, out int count);    // MissingFiles: missing[..count] is [1]
/// </code>
/// </example>
public sealed class SessionGate
{
    private const int Free = 0;
    private const int Claimed = int.MinValue;
    private const int Closed = -1;

    // A file's session, counted from 1. An HWPT's session, counted from 1, negative once it is done.
    private readonly int[] _sessionOfFile;
    private readonly int[] _sessionOfHwpt;

    // How many admitted HWPTs are not done, or Closed.
    private readonly int[] _openOf;

    /// <summary>A gate that nothing has passed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public SessionGate(int sessionCount, int fileCount, int hwptCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sessionCount);
        ArgumentOutOfRangeException.ThrowIfNegative(fileCount);
        ArgumentOutOfRangeException.ThrowIfNegative(hwptCount);
        _openOf = new int[sessionCount];
        _sessionOfFile = new int[fileCount];
        _sessionOfHwpt = new int[hwptCount];
    }

    /// <summary>Puts a file into a session.</summary>
    /// <returns>
    /// <see cref="GateAnswer.Done"/>, <see cref="GateAnswer.Already"/> where it is there,
    /// <see cref="GateAnswer.OtherSession"/> or <see cref="GateAnswer.Finished"/>.
    /// </returns>
    public GateAnswer Push(int session, int file)
    {
        Demand(session, _openOf.Length, nameof(session));
        Demand(file, _sessionOfFile.Length, nameof(file));
        if (Volatile.Read(ref _openOf[session]) == Closed)
        {
            return GateAnswer.Finished;
        }

        int owner = Interlocked.CompareExchange(ref _sessionOfFile[file], session + 1, Free);
        return owner == Free ? GateAnswer.Done
            : owner == session + 1 ? GateAnswer.Already
            : GateAnswer.OtherSession;
    }

    /// <summary>Admits an HWPT where every file of its IOAS is in its session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="hwpt">The HWPT.</param>
    /// <param name="files">The files of its IOAS; none is fine.</param>
    /// <param name="missing">Takes the files that are not in the session, as many as it has room for.</param>
    /// <param name="missingCount">How many files are missing, also where there was no room for all.</param>
    /// <returns>
    /// <see cref="GateAnswer.Done"/> where it is admitted; <see cref="GateAnswer.MissingFiles"/>;
    /// <see cref="GateAnswer.Already"/> or <see cref="GateAnswer.OtherSession"/> where it was admitted once;
    /// <see cref="GateAnswer.Finished"/>.
    /// </returns>
    public GateAnswer TryAdmit(
        int session, int hwpt, ReadOnlySpan<int> files, Span<int> missing, out int missingCount)
    {
        Demand(session, _openOf.Length, nameof(session));
        Demand(hwpt, _sessionOfHwpt.Length, nameof(hwpt));
        missingCount = 0;
        foreach (int file in files)
        {
            Demand(file, _sessionOfFile.Length, nameof(files));
            if (Volatile.Read(ref _sessionOfFile[file]) != session + 1)
            {
                if (missingCount < missing.Length)
                {
                    missing[missingCount] = file;
                }

                missingCount++;
            }
        }

        if (Volatile.Read(ref _openOf[session]) == Closed)
        {
            missingCount = 0;
            return GateAnswer.Finished;
        }

        if (missingCount > 0)
        {
            return GateAnswer.MissingFiles;
        }

        int owner = Interlocked.CompareExchange(ref _sessionOfHwpt[hwpt], Claimed, Free);
        if (owner != Free)
        {
            bool isOther = owner != Claimed && Math.Abs(owner) != session + 1;
            return isOther ? GateAnswer.OtherSession : GateAnswer.Already;
        }

        bool isOpen = TryRaise(session);
        Volatile.Write(ref _sessionOfHwpt[hwpt], isOpen ? session + 1 : Free);
        return isOpen ? GateAnswer.Done : GateAnswer.Finished;
    }

    /// <summary>Says that nothing needs an admitted HWPT any more.</summary>
    /// <returns>
    /// <see cref="GateAnswer.Done"/>, <see cref="GateAnswer.Already"/>, <see cref="GateAnswer.NotAdmitted"/>
    /// or <see cref="GateAnswer.OtherSession"/>.
    /// </returns>
    public GateAnswer Done(int session, int hwpt)
    {
        Demand(session, _openOf.Length, nameof(session));
        Demand(hwpt, _sessionOfHwpt.Length, nameof(hwpt));
        int own = session + 1;
        int owner = Interlocked.CompareExchange(ref _sessionOfHwpt[hwpt], -own, own);
        if (owner == own)
        {
            Interlocked.Decrement(ref _openOf[session]);
            return GateAnswer.Done;
        }

        return owner is Free or Claimed ? GateAnswer.NotAdmitted
            : owner == -own ? GateAnswer.Already
            : GateAnswer.OtherSession;
    }

    /// <summary>Finishes a session where every HWPT admitted to it is done.</summary>
    /// <returns>
    /// How many are not; 0 where the session is finished now or was before. Otherwise nothing changes.
    /// </returns>
    public int Finish(int session)
    {
        Demand(session, _openOf.Length, nameof(session));
        int open = Interlocked.CompareExchange(ref _openOf[session], Closed, 0);
        return open == Closed ? 0 : open;
    }

    private bool TryRaise(int session)
    {
        int open = Volatile.Read(ref _openOf[session]);
        while (open != Closed)
        {
            int found = Interlocked.CompareExchange(ref _openOf[session], open + 1, open);
            if (found == open)
            {
                return true;
            }

            open = found;
        }

        return false;
    }

    private static void Demand(int number, int count, string name) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            unchecked((uint)number), (uint)count, name);
}
