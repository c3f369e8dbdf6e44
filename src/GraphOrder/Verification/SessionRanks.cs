using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>The place of each session in each order of sessions that the models name.</summary>
internal sealed class SessionRanks
{
    private readonly Dictionary<SessionOrder, int[]?> _ranks = [];

    public SessionRanks(
        DependencyGraph graph, KernelPair kernels, SessionOrders orders, DiagnosticList diagnostics)
    {
        foreach (SessionOrder order in kernels.NamedOrders)
        {
            _ranks.Add(order, Ranks(graph, order.Name, orders.Find(order.Name), diagnostics));
        }

        if (kernels[Phase.Retrieve].Unit is StepUnit.File or StepUnit.Session)
        {
            Retrieve = Ranks(graph, Phase.Retrieve.Name(), orders.Retrieve, diagnostics);
        }
    }

    /// <summary>Places in the order of first retrieves; null where there is none or it has gaps.</summary>
    public int[]? Retrieve { get; }

    /// <summary>Places in a named order; null where that order is not whole or there is none.</summary>
    public int[]? Of(SessionOrder order) => order.IsInterleaved ? null : _ranks[order];

    private static int[]? Ranks(
        DependencyGraph graph, string order, ImmutableArray<SessionName> names, DiagnosticList diagnostics)
    {
        int[] ranks = new int[graph.SessionCount];
        int[] counts = new int[graph.SessionCount];
        string? wrong = null;
        for (int i = 0; !names.IsDefault && i < names.Length; i++)
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
            Facts = [new("order", order), new("flaw", "does not list each session exactly once")],
        });
        return null;
    }
}
