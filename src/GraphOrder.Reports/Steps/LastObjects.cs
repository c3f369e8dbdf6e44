namespace GraphOrder.Reports;

/// <summary>
/// The last two files of each session in an order: whoever needs a whole session waits for the last.
/// </summary>
internal sealed class LastFiles
{
    private readonly ObjectId?[] _last;
    private readonly ObjectId?[] _lastButOne;

    public LastFiles(DependencyGraph graph, ReadOnlySpan<ObjectId> order)
    {
        _last = new ObjectId?[graph.SessionCount];
        _lastButOne = new ObjectId?[graph.SessionCount];
        foreach (ObjectId file in order)
        {
            int session = graph[file].Session!.Value.Index;
            _lastButOne[session] = _last[session];
            _last[session] = file;
        }
    }

    /// <summary>The last file of a session that is not the one given; null where there is none.</summary>
    public ObjectId? Of(SessionId session, ObjectId except) =>
        _last[session.Index] == except ? _lastButOne[session.Index] : _last[session.Index];
}
