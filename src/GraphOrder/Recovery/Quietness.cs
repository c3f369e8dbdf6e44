namespace GraphOrder;

/// <summary>
/// Which objects can let no device write any more. An object is quiet when it is finished, when it is not
/// retrieved and neither it nor anything it carries can stand behind a device's writes, or when somebody
/// says so. Immutable.
/// </summary>
internal sealed class Quietness
{
    private readonly bool[] _isNamed;
    private readonly bool[] _mayWrite;

    /// <summary>Looks at all objects of a graph once. O(V).</summary>
    public Quietness(DependencyGraph graph, ReadOnlySpan<DependencyEnd> assumed)
    {
        _isNamed = new bool[graph.ObjectCount];
        _mayWrite = new bool[graph.ObjectCount];
        bool[] isNamedSession = new bool[graph.SessionCount];
        foreach (DependencyEnd end in assumed)
        {
            if (end.IsSession)
            {
                isNamedSession[end.SessionId.Index] = true;
            }
            else
            {
                _isNamed[end.ObjectId.Index] = true;
            }
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (StandsBehindWrites(graph[id].Kind))
            {
                _mayWrite[i] = true;
                _mayWrite[(graph.FileOf(id) ?? id).Index] = true;
            }
        }

        // A file that is named is named with all that it carries.
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            _isNamed[i] |= (graph[id].Carrier is { } carrier && _isNamed[carrier.Index])
                || (graph.SessionOf(id) is { } session && isNamedSession[session.Index]);
        }
    }

    /// <summary>The kinds behind which a device may go on writing although nobody retrieved them.</summary>
    public static bool StandsBehindWrites(ObjectKind kind) =>
        kind.IsCustom || kind == ObjectKind.Iommufd || kind == ObjectKind.Ioas || kind == ObjectKind.Hwpt
        || kind == ObjectKind.HwptNested || kind == ObjectKind.IommuDomain || kind == ObjectKind.Viommu
        || kind == ObjectKind.Vdevice || kind == ObjectKind.VfioDevice;

    /// <summary>Whether an object is quiet.</summary>
    /// <param name="id">The object.</param>
    /// <param name="isFinished">Whether it is finished, by itself or with its session.</param>
    /// <param name="isRetrieved">Whether it is retrieved.</param>
    public bool IsQuiet(int id, bool isFinished, bool isRetrieved) =>
        isFinished || _isNamed[id] || (!isRetrieved && !_mayWrite[id]);
}
