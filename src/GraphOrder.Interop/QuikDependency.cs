using QuikGraph;

namespace GraphOrder.Interop;

/// <summary>
/// A dependency as an edge of QuikGraph: from the end that needs to the end that is needed, so that
/// QuikGraph's <c>TopologicalSort</c> yields dependents first.
/// </summary>
/// <param name="Source">The end that needs.</param>
/// <param name="Target">The end that is needed.</param>
/// <param name="Index">Its position in <see cref="DependencyGraph.Dependencies"/>.</param>
public readonly record struct QuikDependency(DependencyEnd Source, DependencyEnd Target, int Index)
    : IEdge<DependencyEnd>;
