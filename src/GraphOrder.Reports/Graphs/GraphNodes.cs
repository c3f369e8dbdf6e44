namespace GraphOrder.Reports;

/// <summary>What the graph formats that are read back say of a session that is a node: its id.</summary>
internal sealed class GraphNodes
{
    private readonly string _prefix = SessionSet.SessionPrefix;

    /// <param name="set">The set.</param>
    public GraphNodes(SessionSet set)
    {
        // An object may be called like a session that is an end of a dependency.
        while (IsTaken(set, _prefix))
        {
            _prefix += SessionSet.SessionPrefix;
        }

        Set = set;
    }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>The id of a node: an object's own, or <c>session:NAME</c>.</summary>
    public string IdOf(DependencyEnd end) =>
        end.IsSession ? _prefix + Set.NameOf(end.SessionId) : Set.NameOf(end.ObjectId);

    private static bool IsTaken(SessionSet set, string prefix)
    {
        for (int session = 0; session < set.Sessions.Length; session++)
        {
            if (set.TryFind(prefix + set.NameOf(new SessionId(session)), out _))
            {
                return true;
            }
        }

        return false;
    }
}
