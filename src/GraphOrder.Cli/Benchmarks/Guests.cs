namespace GraphOrder.Cli;

/// <summary>
/// What of a graph comes and goes: sessions with all that is in them, or, where there is at most one, files
/// with what they carry. What is left, as what the kernel moves by itself, is <see cref="Base"/>, which is
/// there first and stays. Immutable.
/// </summary>
internal sealed class Guests
{
    private readonly int[] _guestOfObject;
    private readonly int[] _guestOfSession;
    private readonly List<int>[] _sessions;
    private readonly List<int>[] _objects;
    private readonly List<int>[] _dependencies;

    /// <summary>The guests of a graph.</summary>
    public Guests(DependencyGraph graph)
    {
        Graph = graph;
        AreSessions = graph.SessionCount > 1;
        _guestOfObject = new int[graph.ObjectCount];
        _guestOfSession = new int[graph.SessionCount];
        Count = Number();
        _sessions = Lists(Count + 1);
        _objects = Lists(Count + 1);
        _dependencies = Lists(Count + 1);
        for (int i = 0; i < graph.SessionCount; i++)
        {
            _sessions[_guestOfSession[i]].Add(i);
        }

        // A document may list what a file carries before the file.
        foreach (bool isFile in (bool[])[true, false])
        {
            for (int i = 0; i < graph.ObjectCount; i++)
            {
                if (graph[new ObjectId(i)].IsFile == isFile)
                {
                    _objects[_guestOfObject[i]].Add(i);
                }
            }
        }

        for (int i = 0; i < graph.DependencyCount; i++)
        {
            (int dependent, int on) = EndsOf(i);
            _dependencies[dependent].Add(i);
            if (on != dependent)
            {
                _dependencies[on].Add(i);
            }
        }
    }

    /// <summary>The graph in which all are there.</summary>
    public DependencyGraph Graph { get; }

    /// <summary>Whether they are sessions, and not files.</summary>
    public bool AreSessions { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The number of what is always there.</summary>
    public int Base => Count;

    /// <summary>The sessions of a guest.</summary>
    public List<int> SessionsOf(int guest) => _sessions[guest];

    /// <summary>The objects of a guest, files first.</summary>
    public List<int> ObjectsOf(int guest) => _objects[guest];

    /// <summary>The dependencies with an end in a guest, or with both.</summary>
    public List<int> DependenciesOf(int guest) => _dependencies[guest];

    /// <summary>The guests in which a dependency has its ends.</summary>
    public (int Dependent, int On) EndsOf(int dependency)
    {
        Dependency found = Graph.Dependencies[dependency];
        return (GuestOf(found.Dependent), GuestOf(found.On));
    }

    private int GuestOf(DependencyEnd end) =>
        end.IsSession ? _guestOfSession[end.SessionId.Index] : _guestOfObject[end.ObjectId.Index];

    private int Number()
    {
        int[] guestOfFile = new int[Graph.ObjectCount];
        int count = AreSessions ? Graph.SessionCount : 0;
        for (int i = 0; i < Graph.ObjectCount; i++)
        {
            PreservedObject found = Graph[new ObjectId(i)];
            guestOfFile[i] = !found.IsFile ? 0 : AreSessions ? found.Session!.Value.Index : count++;
        }

        for (int i = 0; i < Graph.ObjectCount; i++)
        {
            _guestOfObject[i] = Graph.FileOf(new ObjectId(i)) is { } file ? guestOfFile[file.Index] : count;
        }

        for (int i = 0; i < Graph.SessionCount; i++)
        {
            _guestOfSession[i] = AreSessions ? i : count;
        }

        return count;
    }

    private static List<int>[] Lists(int count) =>
        [.. Enumerable.Range(0, count).Select(static _ => new List<int>())];
}
