namespace GraphOrder;

/// <summary>What a question is about: the set of the request, or the growing graph.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Kernels">The kernels of the answer.</param>
/// <param name="Where">How messages call it.</param>
internal sealed record RequestSubject(DependencyGraph Graph, KernelPair Kernels, string Where)
{
    public SessionSet Set => Graph.Set;

    /// <summary>What is named in it.</summary>
    public DependencyEnd EndOf(string text, Phase? actsOf = null) =>
        RequestNames.EndOf(Set, Where, text, actsOf, "phase ");
}
