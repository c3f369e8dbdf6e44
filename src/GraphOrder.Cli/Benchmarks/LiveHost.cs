using System.Text;

namespace GraphOrder.Cli;

/// <summary>A live graph to which guests come and from which they go. Not thread-safe.</summary>
internal sealed class LiveHost
{
    private readonly Guests _guests;
    private readonly LiveDependencyGraph _live;
    private readonly SessionId[] _sessions;
    private readonly ObjectId[] _objects;
    private readonly byte[][] _names;
    private readonly bool[] _areThere;

    /// <summary>A host with nothing but what is always there.</summary>
    public LiveHost(Guests guests, KernelPair kernels)
    {
        _guests = guests;
        _live = new LiveDependencyGraph(kernels);
        _sessions = new SessionId[guests.Graph.SessionCount];
        _objects = new ObjectId[guests.Graph.ObjectCount];
        _areThere = new bool[guests.Count + 1];
        _names =
        [
            .. guests.Graph.Set.Sessions.Select(static session => Encoding.UTF8.GetBytes(session.Name.Text)),
        ];
        Arrive(guests.Base);
    }

    /// <summary>How many dependencies there are.</summary>
    public int DependencyCount => _live.DependencyCount;

    /// <summary>A guest comes.</summary>
    public void Arrive(int guest)
    {
        DependencyGraph graph = _guests.Graph;
        using Change change = _live.BeginChange();
        foreach (int session in _guests.SessionsOf(guest))
        {
            _sessions[session] = change.AddSession(_names[session]);
        }

        foreach (int added in _guests.ObjectsOf(guest))
        {
            _objects[added] = Add(change, new ObjectId(added));
        }

        _areThere[guest] = true;
        foreach (int dependency in _guests.DependenciesOf(guest))
        {
            (int dependent, int on) = _guests.EndsOf(dependency);
            if (_areThere[dependent] && _areThere[on])
            {
                Dependency found = graph.Dependencies[dependency];
                change.AddDependency(
                    EndOf(found.Dependent), EndOf(found.On), found.Phases, default, found.Strength,
                    found.Weight);
            }
        }

        Demand(change.TryCommit());
    }

    /// <summary>A guest leaves.</summary>
    public void Leave(int guest)
    {
        using Change change = _live.BeginChange();
        foreach (int session in _guests.SessionsOf(guest))
        {
            change.RemoveSession(_sessions[session]);
        }

        if (!_guests.AreSessions)
        {
            // What the file carries leaves with it.
            change.RemoveObject(_objects[_guests.ObjectsOf(guest)[0]]);
        }

        _areThere[guest] = false;
        Demand(change.TryCommit());
    }

    private ObjectId Add(Change change, ObjectId id)
    {
        DependencyGraph graph = _guests.Graph;
        PreservedObject added = graph[id];
        ReadOnlySpan<byte> name = graph.Set.Utf8NameOf(id);
        return added.Session is { } session
            ? change.AddFile(_sessions[session.Index], name, added.Kind, graph.TokenOf(id))
            : added.Carrier is { } carrier
                ? change.AddObject(_objects[carrier.Index], name, added.Kind)
                : change.AddKernelObject(name, added.Kind);
    }

    private DependencyEnd EndOf(DependencyEnd end) =>
        end.IsSession ? _sessions[end.SessionId.Index] : _objects[end.ObjectId.Index];

    private static void Demand(ChangeResult result)
    {
        if (!result.IsCommitted)
        {
            throw new System.Diagnostics.UnreachableException("A part of what is legal is legal.");
        }
    }
}
