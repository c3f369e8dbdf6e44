namespace GraphOrder;

/// <summary>The files and sessions of a graph as lists, in document order. Immutable.</summary>
internal sealed class HostLists
{
    private readonly List<int>[] _objectsOf;
    private readonly List<int>[] _objectsIn;

    /// <summary>Makes the lists. O(V).</summary>
    public HostLists(DependencyGraph graph)
    {
        Sessions = [.. Enumerable.Range(0, graph.SessionCount).Select(i => new SessionId(i))];
        _objectsOf = [.. Sessions.Select(_ => new List<int>())];
        _objectsIn = new List<int>[graph.ObjectCount];
        List<ObjectId> files = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (graph.FileOf(id) is { } file)
            {
                _objectsOf[graph[file].Session!.Value.Index].Add(i);
                (_objectsIn[file.Index] ??= []).Add(i);
                if (file == id)
                {
                    files.Add(id);
                }
            }
        }

        Files = [.. files];
    }

    /// <summary>All sessions.</summary>
    public SessionId[] Sessions { get; }

    /// <summary>All files.</summary>
    public ObjectId[] Files { get; }

    /// <summary>The files of a session and what they carry.</summary>
    public List<int> ObjectsOf(SessionId session) => _objectsOf[session.Index];

    /// <summary>A file and what it carries.</summary>
    public List<int> ObjectsIn(ObjectId file) => _objectsIn[file.Index];
}
