namespace GraphOrder.Reports;

/// <summary>The classes that a set limits, and which of them objects hold. Immutable.</summary>
internal sealed class LimitedClasses
{
    private readonly DependencyGraph _graph;
    private readonly CarriedObjects _carried;

    public LimitedClasses(DependencyGraph graph, CarriedObjects carried)
    {
        _graph = graph;
        _carried = carried;
        Names = [.. graph.Set.Limits?.Keys ?? []];
    }

    /// <summary>Their names in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many places a class has.</summary>
    public int PlacesOf(int held) => _graph.Set.Limits![Names[held]];

    /// <summary>The class of an object itself; -1 for none, or for one without a limit.</summary>
    public int OwnOf(ObjectId id)
    {
        string? name = Names.Count > 0 ? _graph[id].Facts.Class : null;
        for (int held = 0; name is not null && held < Names.Count; held++)
        {
            if (Names[held] == name)
            {
                return held;
            }
        }

        return -1;
    }

    /// <summary>The classes of an object and of all that travels in it, ascending.</summary>
    public SortedSet<int> Of(ObjectId id)
    {
        SortedSet<int> found = [];
        if (Names.Count == 0)
        {
            return found;
        }

        foreach (ObjectId each in (ReadOnlySpan<ObjectId>)[id, .. _carried.Of(id)])
        {
            if (OwnOf(each) is var held and >= 0)
            {
                found.Add(held);
            }
        }

        return found;
    }

    /// <summary>The names of some classes, printable.</summary>
    public string Told(IEnumerable<int> classes) =>
        string.Join(", ", classes.Select(held => PlainText.Id(Names[held])));
}
