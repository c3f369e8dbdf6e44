namespace GraphOrder.Reports;

/// <summary>
/// Names as a report shows them: printable, and without the session's name where that is said already.
/// </summary>
internal sealed class ReportNames
{
    private readonly DependencyGraph _graph;
    private readonly SessionSet _set;

    public ReportNames(DependencyGraph graph)
    {
        _graph = graph;
        _set = graph.Set;
    }

    /// <summary>The session in which an object lives or to which an act belongs.</summary>
    public SessionId HomeOf(ObjectId id) => (_graph.SessionOf(id) ?? _graph[id].Act?.Session)!.Value;

    /// <summary>The name of a session.</summary>
    public string Of(SessionId session) => PlainText.Id(_set.NameOf(session));

    /// <summary>The id of an object in its whole length.</summary>
    public string WholeOf(ObjectId id) => PlainText.Whole(_set.NameOf(id));

    /// <summary>The id of an object, with that of its session.</summary>
    public string Of(ObjectId id) => PlainText.Id(_set.NameOf(id));

    /// <summary>The id of an object, with that of its session, or <c>session:NAME</c>.</summary>
    public string Of(DependencyEnd end) => PlainText.Id(_set.NameOf(end));

    /// <summary>
    /// An end as a line about a session shows it: its own objects without the session's name.
    /// </summary>
    public string Of(DependencyEnd end, SessionId? context) =>
        !end.IsSession && context is { } session
            && (_graph.SessionOf(end.ObjectId) ?? _graph[end.ObjectId].Act?.Session) == session
            ? Short(end.ObjectId, session)
            : Of(end);

    /// <summary>
    /// What stands after <c>SESSION/</c> in the id of one of the session's objects; the whole id where it
    /// does not begin like that, or where another object has the rest for its id.
    /// </summary>
    public string Short(ObjectId id, SessionId session) => PlainText.Id(Rest(id, session));

    /// <summary>The same in its whole length, for whoever compares.</summary>
    public string WholeShort(ObjectId id, SessionId session) => PlainText.Whole(Rest(id, session));

    private string Rest(ObjectId id, SessionId session)
    {
        string whole = _set.NameOf(id);
        string name = _set.NameOf(session);
        bool isPrefixed = whole.Length > name.Length + 1
            && whole[name.Length] == '/'
            && whole.StartsWith(name, StringComparison.Ordinal);
        return isPrefixed && !_set.TryFind(whole[(name.Length + 1)..], out _)
            ? whole[(name.Length + 1)..]
            : whole;
    }
}
