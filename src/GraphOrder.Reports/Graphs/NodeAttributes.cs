using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// What a graph that is read back says of an object, under the names of a set's members: enough for the same
/// order. What an order does not hang on (sizes, seals, costs, page tables) is not there.
/// </summary>
internal static class NodeAttributes
{
    /// <summary>The kind of a node that is a session.</summary>
    public const string SessionKind = "session";

    /// <summary>Names and values in a fixed order.</summary>
    public static IEnumerable<(string Name, string Value)> Of(DependencyGraph graph, DependencyEnd end)
    {
        SessionSet set = graph.Set;
        if (end.IsSession)
        {
            yield return ("kind", SessionKind);
            yield return ("session", set.NameOf(end.SessionId));
            yield break;
        }

        PreservedObject found = graph[end.ObjectId];
        yield return ("kind", found.Kind.Name);
        if ((found.Session ?? found.Act?.Session) is { } session)
        {
            yield return ("session", set.NameOf(session));
        }

        if (found.Carrier is { } carrier)
        {
            yield return ("within", set.NameOf(carrier));
        }

        if (found.DeclaredToken is { } token)
        {
            yield return ("token", string.Create(CultureInfo.InvariantCulture, $"0x{token:x}"));
        }

        if (found.Act is { } act)
        {
            yield return ("phase", act.Phase.Name());
            if (act.IsLate)
            {
                yield return ("when", "late");
            }
        }
    }
}
