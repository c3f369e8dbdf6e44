using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>The place of each session in each order of sessions of a plan.</summary>
internal sealed class SessionRanks
{
    private readonly int[]? _create;
    private readonly int[]? _close;
    private readonly int[]? _finish;

    public SessionRanks(DependencyGraph graph, SessionOrders orders, DiagnosticList diagnostics)
    {
        _create = Ranks(graph, "create", orders.Create, diagnostics);
        _close = Ranks(graph, "close", orders.Close, diagnostics);
        _finish = Ranks(graph, "finish", orders.Finish, diagnostics);
        Retrieve = Ranks(graph, "retrieve", orders.Retrieve, diagnostics);
    }

    /// <summary>Places in the order of first retrieves; null where that order is not whole.</summary>
    public int[]? Retrieve { get; }

    /// <summary>Places in a named order; null where that order is not whole, or there is none.</summary>
    public int[]? Of(SessionOrder order) => order switch
    {
        SessionOrder.Create => _create,
        SessionOrder.Close => _close,
        SessionOrder.Finish => _finish,
        _ => null,
    };

    private static int[]? Ranks(
        DependencyGraph graph, string order, ImmutableArray<SessionName> names, DiagnosticList diagnostics)
    {
        int[] ranks = new int[graph.SessionCount];
        int[] counts = new int[graph.SessionCount];
        string? wrong = null;
        for (int i = 0; i < names.Length; i++)
        {
            if (!graph.Set.TryFindSession(names[i].Text, out SessionId id) || counts[id.Index]++ > 0)
            {
                wrong ??= names[i].Text;
                continue;
            }

            ranks[id.Index] = i;
        }

        for (int session = 0; wrong is null && session < counts.Length; session++)
        {
            wrong = counts[session] == 0 ? graph.Set.NameOf(new SessionId(session)) : null;
        }

        if (wrong is null)
        {
            return ranks;
        }

        diagnostics.Add(new Diagnostic(DiagnosticCode.SessionOrderIncomplete, DiagnosticSeverity.Error)
        {
            Subjects = [SessionSet.SessionPrefix + wrong],
            Facts = [new("order", order)],
        });
        return null;
    }
}
