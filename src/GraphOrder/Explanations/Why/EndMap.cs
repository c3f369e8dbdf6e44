namespace GraphOrder;

/// <summary>
/// Where the objects and sessions of one set stand in another one, by name. An act is the same only in the
/// phase in which it was: dependencies on it bind nowhere else. Immutable.
/// </summary>
internal sealed class EndMap
{
    private const int Unknown = -1;

    private readonly int[] _objects;
    private readonly int[] _sessions;

    /// <summary>Finds them all. O(V).</summary>
    public EndMap(SessionSet from, SessionSet to)
    {
        _objects = new int[from.Objects.Length];
        for (int i = 0; i < _objects.Length; i++)
        {
            // Most sets that are compared are alike, and then so are the numbers.
            ReadOnlySpan<byte> name = from.Utf8NameOf(new ObjectId(i));
            _objects[i] = i < to.Objects.Length && to.Utf8NameOf(new ObjectId(i)).SequenceEqual(name) ? i
                : to.Ids.TryFind(name, out int index) ? index
                : Unknown;
            bool isSame = _objects[i] != Unknown
                && from.Objects[i].Act?.Phase == to.Objects[_objects[i]].Act?.Phase;
            _objects[i] = isSame ? _objects[i] : Unknown;
        }

        _sessions = new int[from.Sessions.Length];
        for (int i = 0; i < _sessions.Length; i++)
        {
            _sessions[i] = to.SessionNames.TryFind(from.SessionNames.Utf8(i), out int index)
                ? index
                : Unknown;
        }
    }

    /// <summary>The same end in the other set.</summary>
    public bool TryMap(DependencyEnd end, out DependencyEnd mapped)
    {
        int index = end.IsSession ? _sessions[end.SessionId.Index] : _objects[end.ObjectId.Index];
        mapped = index == Unknown ? default
            : end.IsSession ? new SessionId(index)
            : new ObjectId(index);
        return index != Unknown;
    }

    /// <summary>Whether the other set has all of them.</summary>
    public bool IsWhole => Array.IndexOf(_objects, Unknown) < 0 && Array.IndexOf(_sessions, Unknown) < 0;
}
