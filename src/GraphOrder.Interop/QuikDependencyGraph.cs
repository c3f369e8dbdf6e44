using System.Diagnostics.CodeAnalysis;
using QuikGraph;

namespace GraphOrder.Interop;

/// <summary>
/// A <see cref="DependencyGraph"/> as QuikGraph sees graphs: a view over its arrays, without a copy.
/// Vertices are the objects and, where the whole graph is asked for, the sessions; edges are the
/// dependencies of the phases asked for. Immutable and thread-safe. Out-edges are what an end needs,
/// in-edges what needs it.
/// </summary>
public sealed class QuikDependencyGraph
    : IBidirectionalGraph<DependencyEnd, QuikDependency>,
        IVertexAndEdgeListGraph<DependencyEnd, QuikDependency>
{
    private readonly DependencyGraph _graph;
    private readonly PhaseSet _phases;

    internal QuikDependencyGraph(DependencyGraph graph, PhaseSet phases)
    {
        _graph = graph;
        _phases = phases;
        EdgeCount = Edges.Count();
    }

    /// <inheritdoc/>
    public bool IsDirected => true;

    /// <summary>True: a pair of ends may have a hard and a soft dependency, in different phases.</summary>
    public bool AllowParallelEdges => true;

    /// <inheritdoc/>
    public bool IsVerticesEmpty => VertexCount == 0;

    /// <inheritdoc/>
    public int VertexCount => _graph.ObjectCount + _graph.SessionCount;

    /// <inheritdoc/>
    public IEnumerable<DependencyEnd> Vertices
    {
        get
        {
            for (int i = 0; i < _graph.ObjectCount; i++)
            {
                yield return new ObjectId(i);
            }

            for (int i = 0; i < _graph.SessionCount; i++)
            {
                yield return new SessionId(i);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <inheritdoc/>
    public int EdgeCount { get; }

    /// <inheritdoc/>
    public IEnumerable<QuikDependency> Edges
    {
        get
        {
            for (int i = 0; i < _graph.DependencyCount; i++)
            {
                if (IsThere(i))
                {
                    yield return Edge(i);
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool ContainsVertex(DependencyEnd vertex) => vertex.IsSession
        ? (uint)vertex.SessionId.Index < (uint)_graph.SessionCount
        : (uint)vertex.ObjectId.Index < (uint)_graph.ObjectCount;

    /// <inheritdoc/>
    public bool ContainsEdge(QuikDependency edge) =>
        (uint)edge.Index < (uint)_graph.DependencyCount && IsThere(edge.Index) && Edge(edge.Index) == edge;

    /// <inheritdoc/>
    public bool ContainsEdge(DependencyEnd source, DependencyEnd target) => TryGetEdge(source, target, out _);

    /// <inheritdoc/>
    public bool TryGetEdge(
        DependencyEnd source, DependencyEnd target, [MaybeNullWhen(false)] out QuikDependency edge)
    {
        foreach (QuikDependency candidate in ContainsVertex(source) ? OutEdges(source) : [])
        {
            if (candidate.Target == target)
            {
                edge = candidate;
                return true;
            }
        }

        edge = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryGetEdges(
        DependencyEnd source,
        DependencyEnd target,
        [MaybeNullWhen(false)] out IEnumerable<QuikDependency> edges)
    {
        edges = ContainsVertex(source) ? OutEdges(source).Where(edge => edge.Target == target) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public bool IsOutEdgesEmpty(DependencyEnd vertex) => OutDegree(vertex) == 0;

    /// <inheritdoc/>
    public int OutDegree(DependencyEnd vertex) => OutEdges(vertex).Count();

    /// <inheritdoc/>
    public IEnumerable<QuikDependency> OutEdges(DependencyEnd vertex)
    {
        Require(vertex);
        return OutEdgesOf(vertex);
    }

    /// <inheritdoc/>
    public bool TryGetOutEdges(
        DependencyEnd vertex, [MaybeNullWhen(false)] out IEnumerable<QuikDependency> edges)
    {
        edges = ContainsVertex(vertex) ? OutEdgesOf(vertex) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public QuikDependency OutEdge(DependencyEnd vertex, int index) => OutEdges(vertex).ElementAt(index);

    /// <inheritdoc/>
    public bool IsInEdgesEmpty(DependencyEnd vertex) => InDegree(vertex) == 0;

    /// <inheritdoc/>
    public int InDegree(DependencyEnd vertex) => InEdges(vertex).Count();

    /// <inheritdoc/>
    public IEnumerable<QuikDependency> InEdges(DependencyEnd vertex)
    {
        Require(vertex);
        return InEdgesOf(vertex);
    }

    /// <inheritdoc/>
    public bool TryGetInEdges(
        DependencyEnd vertex, [MaybeNullWhen(false)] out IEnumerable<QuikDependency> edges)
    {
        edges = ContainsVertex(vertex) ? InEdgesOf(vertex) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public QuikDependency InEdge(DependencyEnd vertex, int index) => InEdges(vertex).ElementAt(index);

    /// <inheritdoc/>
    public int Degree(DependencyEnd vertex) => InDegree(vertex) + OutDegree(vertex);

    private IEnumerable<QuikDependency> OutEdgesOf(DependencyEnd vertex)
    {
        int count = _graph.DependenciesOf(vertex).Length;
        int first = _graph.FirstDependencyOf(vertex);
        for (int i = first; i < first + count; i++)
        {
            if (IsThere(i))
            {
                yield return Edge(i);
            }
        }
    }

    private IEnumerable<QuikDependency> InEdgesOf(DependencyEnd vertex)
    {
        int count = _graph.DependentsOf(vertex).Length;
        for (int i = 0; i < count; i++)
        {
            int index = _graph.DependentsOf(vertex)[i];
            if (IsThere(index))
            {
                yield return Edge(index);
            }
        }
    }

    private bool IsThere(int index) => !(_graph.Dependencies[index].Phases & _phases).IsEmpty;

    private QuikDependency Edge(int index)
    {
        Dependency dependency = _graph.Dependencies[index];
        return new QuikDependency(dependency.Dependent, dependency.On, index);
    }

    private void Require(DependencyEnd vertex)
    {
        if (!ContainsVertex(vertex))
        {
            throw new VertexNotFoundException();
        }
    }
}
