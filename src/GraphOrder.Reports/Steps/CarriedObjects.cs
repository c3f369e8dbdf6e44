namespace GraphOrder.Reports;

/// <summary>What each file carries, in document order. Immutable.</summary>
internal sealed class CarriedObjects
{
    private readonly int[] _offsets;
    private readonly ObjectId[] _carried;

    public CarriedObjects(DependencyGraph graph)
    {
        _offsets = new int[graph.ObjectCount + 1];
        foreach (PreservedObject found in graph.Set.Objects)
        {
            if (found.Carrier is { } carrier)
            {
                _offsets[carrier.Index + 1]++;
            }
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            _offsets[i + 1] += _offsets[i];
        }

        _carried = new ObjectId[_offsets[^1]];
        int[] next = [.. _offsets];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].Carrier is { } carrier)
            {
                _carried[next[carrier.Index]++] = new ObjectId(i);
            }
        }
    }

    /// <summary>The objects that travel in a file.</summary>
    public ReadOnlySpan<ObjectId> Of(ObjectId file) =>
        _carried.AsSpan(_offsets[file.Index], _offsets[file.Index + 1] - _offsets[file.Index]);
}
