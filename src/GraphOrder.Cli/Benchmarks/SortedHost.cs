using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Cli;

/// <summary>The same host as QuikGraph has it: sorted when an order is wanted. Not thread-safe.</summary>
internal sealed class SortedHost
{
    private readonly GraphBenchmarkInput _input;
    private readonly Guests _guests;
    private readonly BidirectionalGraph<int, SEdge<int>> _graph = new(allowParallelEdges: true);
    private readonly bool[] _areThere;

    /// <summary>A host with nothing but what is always there.</summary>
    public SortedHost(GraphBenchmarkInput input, Guests guests)
    {
        _input = input;
        _guests = guests;
        _areThere = new bool[guests.Count + 1];
        Arrive(guests.Base);
    }

    /// <summary>How many dependencies there are.</summary>
    public int DependencyCount => _graph.EdgeCount;

    /// <summary>A guest comes.</summary>
    public void Arrive(int guest)
    {
        foreach (int session in _guests.SessionsOf(guest))
        {
            _graph.AddVertex(_input.VertexOf(new SessionId(session)));
        }

        foreach (int added in _guests.ObjectsOf(guest))
        {
            _graph.AddVertex(added);
        }

        _areThere[guest] = true;
        foreach (int dependency in _guests.DependenciesOf(guest))
        {
            (int dependent, int on) = _guests.EndsOf(dependency);
            if (_areThere[dependent] && _areThere[on] && _input.IsSorted(dependency))
            {
                _graph.AddEdge(_input.EdgeOf(dependency));
            }
        }
    }

    /// <summary>A guest leaves.</summary>
    public void Leave(int guest)
    {
        foreach (int session in _guests.SessionsOf(guest))
        {
            _graph.RemoveVertex(_input.VertexOf(new SessionId(session)));
        }

        foreach (int removed in _guests.ObjectsOf(guest))
        {
            _graph.RemoveVertex(removed);
        }

        _areThere[guest] = false;
    }

    /// <summary>Orders all that is there.</summary>
    /// <returns>How many vertices were ordered.</returns>
    public int Sort() => _graph.TopologicalSort().Count();
}
