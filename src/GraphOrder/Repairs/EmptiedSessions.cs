namespace GraphOrder;

/// <summary>A session that is gone, since all its files are elsewhere.</summary>
/// <param name="Session">The session.</param>
/// <param name="Into">
/// The session that has all its files, and its acts with them; -1 where several have the files, and there
/// were no acts.
/// </param>
internal readonly record struct GoneSession(int Session, int Into);

/// <summary>Which sessions are gone once all their files are in others. Immutable and thread-safe.</summary>
/// <remarks>
/// An act stands between files or sessions and inside none, so that its session says whose step it is and
/// orders nothing: no act moves by itself. The acts of a session go where all its files go, and so do the
/// two that are its guest's blackout. A session stays, without files, where it cannot be spared: the kernel
/// has it, a dependency names it, its files are in several sessions and it has acts, or it has a blackout
/// and the session that has its files has one already, since a session has room for that of one guest.
/// </remarks>
internal sealed class EmptiedSessions
{
    private readonly int[] _fileCounts;
    private readonly bool[] _isCreated;
    private readonly bool[] _isNamed;
    private readonly bool[] _hasActs;
    private readonly bool[] _hasBlackout;

    private EmptiedSessions(
        int[] fileCounts, bool[] isCreated, bool[] isNamed, bool[] hasActs, bool[] hasBlackout)
    {
        _fileCounts = fileCounts;
        _isCreated = isCreated;
        _isNamed = isNamed;
        _hasActs = hasActs;
        _hasBlackout = hasBlackout;
    }

    /// <summary>Those of a whole set. O(V + E).</summary>
    public static EmptiedSessions Of(DependencyGraph graph)
    {
        int count = graph.SessionCount;
        EmptiedSessions all = new(
            new int[count], new bool[count], new bool[count], new bool[count], new bool[count]);
        for (int session = 0; session < count; session++)
        {
            all._isCreated[session] = graph.Set.Sessions[session].Created;
            all._hasBlackout[session] = graph.Set.Sessions[session].Blackout is not null;
        }

        foreach (PreservedObject found in graph.Set.Objects)
        {
            if (found.Session is { } home)
            {
                all._fileCounts[home.Index]++;
            }
            else if (found.Act is { } act)
            {
                all._hasActs[act.Session.Index] = true;
            }
        }

        foreach (Dependency dependency in graph.Dependencies)
        {
            _ = dependency.Dependent.IsSession && (all._isNamed[dependency.Dependent.SessionId.Index] = true);
            _ = dependency.On.IsSession && (all._isNamed[dependency.On.SessionId.Index] = true);
        }

        return all;
    }

    /// <summary>Whether a dependency names a session as a whole.</summary>
    public bool IsNamed(int session) => _isNamed[session];

    /// <summary>
    /// Whether a session can be put into another one: neither the kernel nor a name holds it.
    /// </summary>
    public bool MayGo(int session) => !_isCreated[session] && !_isNamed[session];

    /// <summary>Some of the sessions, by their places among these.</summary>
    public EmptiedSessions Only(int[] sessions) => new(
        Array.ConvertAll(sessions, session => _fileCounts[session]),
        Array.ConvertAll(sessions, session => _isCreated[session]),
        Array.ConvertAll(sessions, session => _isNamed[session]),
        Array.ConvertAll(sessions, session => _hasActs[session]),
        Array.ConvertAll(sessions, session => _hasBlackout[session]));

    /// <summary>Whether other sessions differ from these in nothing that matters here.</summary>
    public bool IsLike(EmptiedSessions other) =>
        _fileCounts.AsSpan().SequenceEqual(other._fileCounts)
        && _isCreated.AsSpan().SequenceEqual(other._isCreated)
        && _isNamed.AsSpan().SequenceEqual(other._isNamed)
        && _hasActs.AsSpan().SequenceEqual(other._hasActs)
        && _hasBlackout.AsSpan().SequenceEqual(other._hasBlackout);

    /// <summary>
    /// The sessions that are gone, in document order; of several that would bring their blackouts into one,
    /// the first. Sorts the moves. O(M log M) for M of them.
    /// </summary>
    /// <param name="moves">For each file that moves, its session and the new one.</param>
    public List<GoneSession> After(Span<(int Home, int Into)> moves)
    {
        moves.Sort();
        int[] entered = new int[moves.Length];
        for (int i = 0; i < entered.Length; i++)
        {
            entered[i] = moves[i].Into;
        }

        Array.Sort(entered);
        List<GoneSession> gone = [];
        HashSet<int>? taken = null;
        for (int first = 0, next; first < moves.Length; first = next)
        {
            int home = moves[first].Home;
            next = first;
            while (next < moves.Length && moves[next].Home == home)
            {
                next++;
            }

            // Sorted by where they go, too: all go into one session where the first and the last do.
            int into = moves[first].Into == moves[next - 1].Into ? moves[first].Into : -1;
            if (MayGo(home) && _fileCounts[home] == next - first
                && Array.BinarySearch(entered, home) < 0
                && (into >= 0 || !_hasActs[home])
                && (!_hasBlackout[home] || (!HasBlackout(into) && (taken ??= []).Add(into))))
            {
                gone.Add(new GoneSession(home, into));
            }
        }

        return gone;
    }

    private bool HasBlackout(int session) => session < _hasBlackout.Length && _hasBlackout[session];
}
