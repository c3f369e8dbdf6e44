using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Sessions that a picture may fold into one with a count: the same objects under the same names after the
/// session's own, with the same dependencies. Groups stand in the order of their first sessions. Immutable.
/// </summary>
/// <remarks>O(V + E) time and space, each counted with the lengths of its names.</remarks>
internal sealed class AlikeSessions
{
    private readonly int[] _groupOf;
    private readonly List<List<SessionId>> _groups = [];

    /// <param name="graph">The set.</param>
    /// <param name="names">Its names.</param>
    public AlikeSessions(DependencyGraph graph, ReportNames names)
    {
        StringBuilder[] shapes = new StringBuilder[graph.SessionCount];
        for (int session = 0; session < shapes.Length; session++)
        {
            SessionEntry entry = graph.Set.Sessions[session];
            shapes[session] = new StringBuilder().Append(entry.Created).Append(entry.Preserved.Length);
        }

        AddObjects(graph, names, shapes);
        AddDependencies(graph, names, shapes);
        _groupOf = new int[shapes.Length];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        for (int session = 0; session < shapes.Length; session++)
        {
            ref int group = ref CollectionsMarshal.GetValueRefOrAddDefault(
                known, shapes[session].ToString(), out bool isKnown);
            if (!isKnown)
            {
                group = _groups.Count;
                _groups.Add([]);
            }

            _groups[group].Add(new SessionId(session));
            _groupOf[session] = group;
        }
    }

    /// <summary>How many groups there are: at most as many as sessions.</summary>
    public int Count => _groups.Count;

    /// <summary>The sessions of a group, in document order; never empty.</summary>
    public IReadOnlyList<SessionId> this[int group] => _groups[group];

    /// <summary>The group of a session.</summary>
    public int GroupOf(SessionId session) => _groupOf[session.Index];

    private static void AddObjects(DependencyGraph graph, ReportNames names, StringBuilder[] shapes)
    {
        for (int index = 0; index < graph.ObjectCount; index++)
        {
            ObjectId id = new(index);
            if (HomeOf(graph, id) is { } session)
            {
                shapes[session.Index].Append('\n').Append(names.WholeShort(id, session))
                    .Append('\t').Append(graph[id].Kind)
                    .Append('\t').Append(graph[id].IsFile ? graph.TokenOf(id) : 0);
            }
        }
    }

    private static void AddDependencies(DependencyGraph graph, ReportNames names, StringBuilder[] shapes)
    {
        foreach (ref readonly Dependency dependency in graph.Dependencies)
        {
            SessionId? dependent = HomeOf(graph, dependency.Dependent);
            SessionId? on = HomeOf(graph, dependency.On);
            Append(dependent, dependent, on, dependency);
            if (on != dependent)
            {
                Append(on, dependent, on, dependency);
            }
        }

        void Append(SessionId? shape, SessionId? dependent, SessionId? on, in Dependency dependency)
        {
            if (shape is { } session)
            {
                shapes[session.Index].Append('\n')
                    .Append(NameOf(dependency.Dependent, dependent)).Append(" => ")
                    .Append(NameOf(dependency.On, on)).Append(dependent == on ? "" : " elsewhere")
                    .Append('\t').Append(dependency.Phases).Append(dependency.Strength);
            }
        }

        string NameOf(DependencyEnd end, SessionId? home) =>
            end.IsSession || home is not { } session ? "session" : names.WholeShort(end.ObjectId, session);
    }

    private static SessionId? HomeOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? end.SessionId : HomeOf(graph, end.ObjectId);

    private static SessionId? HomeOf(DependencyGraph graph, ObjectId id) =>
        graph.SessionOf(id) ?? graph[id].Act?.Session;
}
