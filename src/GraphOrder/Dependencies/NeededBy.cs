namespace GraphOrder;

/// <summary>
/// The other direction of a graph: what needs an end, by counting. Made for the first who asks, since a plan
/// of plain files asks never. Immutable and thread-safe.
/// </summary>
internal sealed class NeededBy
{
    private readonly int[] _firsts;
    private readonly int[] _dependencies;

    /// <summary>Sorts dependencies by their needed ends, stable. O(V + E).</summary>
    public NeededBy(ReadOnlySpan<Dependency> sorted, int objectCount, int vertexCount)
    {
        _firsts = new int[vertexCount + 1];
        foreach (ref readonly Dependency dependency in sorted)
        {
            _firsts[dependency.On.Vertex(objectCount) + 1]++;
        }

        for (int vertex = 0; vertex < vertexCount; vertex++)
        {
            _firsts[vertex + 1] += _firsts[vertex];
        }

        int[] next = [.. _firsts];
        _dependencies = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            _dependencies[next[sorted[i].On.Vertex(objectCount)]++] = i;
        }
    }

    /// <summary>The positions of the dependencies on an end.</summary>
    public ReadOnlySpan<int> Of(int vertex) =>
        _dependencies.AsSpan(_firsts[vertex], _firsts[vertex + 1] - _firsts[vertex]);
}
