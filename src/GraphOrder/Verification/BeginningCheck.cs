using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What the kernel has already comes first, in the order it has.</summary>
internal static class BeginningCheck
{
    public static void Check(
        DependencyGraph graph, SessionOrders orders, PhaseTimeline preserve, DiagnosticList diagnostics)
    {
        if (!orders.Create.IsDefault)
        {
            CheckCreated(graph, orders.Create, diagnostics);
        }

        if (preserve.IsWhole)
        {
            CheckPreserved(graph, preserve, diagnostics);
        }
    }

    private static void CheckCreated(
        DependencyGraph graph, ImmutableArray<SessionName> create, DiagnosticList diagnostics)
    {
        int next = 0;
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            if (!session.Created)
            {
                continue;
            }

            if (next >= create.Length || create[next] != session.Name)
            {
                string found = next < create.Length ? $"'{create[next].Text}' stands there" : "it is missing";
                Report(diagnostics, SessionSet.SessionPrefix + session.Name.Text, found);
                return;
            }

            next++;
        }
    }

    // The steps of preserved files come before all others, and each session's in the order it has.
    private static void CheckPreserved(
        DependencyGraph graph, PhaseTimeline preserve, DiagnosticList diagnostics)
    {
        Dictionary<int, (int First, int Last)> ranges = [];
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            foreach (ObjectId file in session.Preserved)
            {
                ranges.Add(file.Index, (int.MaxValue, -1));
            }
        }

        if (ranges.Count == 0)
        {
            return;
        }

        int preservedCount = GatherSteps(graph, preserve, ranges);
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            int last = -1;
            foreach (ObjectId file in session.Preserved)
            {
                (int first, int then) = ranges[file.Index];
                if (then >= preservedCount || first < last)
                {
                    Report(diagnostics, graph.Set.NameOf(file), $"step {(first < last ? first : then)}");
                    return;
                }

                last = then;
            }
        }
    }

    private static int GatherSteps(
        DependencyGraph graph, PhaseTimeline preserve, Dictionary<int, (int First, int Last)> ranges)
    {
        int count = 0;
        for (int step = 0; step < preserve.Movers.Length; step++)
        {
            int mover = preserve.Movers[step];
            int file = mover < 0 ? -1 : graph.FileOf(new ObjectId(mover))!.Value.Index;
            if (ranges.TryGetValue(file, out (int First, int Last) range))
            {
                ranges[file] = (Math.Min(range.First, step), step);
                count++;
            }
        }

        return count;
    }

    private static void Report(DiagnosticList diagnostics, string subject, string found) =>
        diagnostics.Add(new Diagnostic(DiagnosticCode.BeginningNotKept, DiagnosticSeverity.Error)
        {
            Subjects = [subject],
            Facts = [new("found", found)],
        });
}
