namespace GraphOrder.Reports;

/// <summary>
/// The last two files or objects of each session in an order: whoever waits for a whole session waits for the
/// last.
/// </summary>
internal sealed class LastObjects
{
    private readonly ObjectId?[] _last;
    private readonly ObjectId?[] _lastButOne;

    public LastObjects(DependencyGraph graph, ReadOnlySpan<ObjectId> order)
    {
        _last = new ObjectId?[graph.SessionCount];
        _lastButOne = new ObjectId?[graph.SessionCount];
        foreach (ObjectId id in order)
        {
            int session = graph.SessionOf(id)!.Value.Index;
            _lastButOne[session] = _last[session];
            _last[session] = id;
        }
    }

    /// <summary>The last of a session that is not the one given; null where there is none.</summary>
    public ObjectId? Of(SessionId session, ObjectId except) =>
        _last[session.Index] == except ? _lastButOne[session.Index] : _last[session.Index];
}
