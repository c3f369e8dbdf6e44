namespace GraphOrder;

/// <summary>What the kernel has already comes first, in the order it has.</summary>
internal static class BeginningCheck
{
    public static void Check(
        DependencyGraph graph, SessionOrders orders, PhaseTimeline preserve, DiagnosticList diagnostics)
    {
        int next = 0;
        int preservedCount = 0;
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            preservedCount += session.Preserved.Length;
            if (!session.Created)
            {
                continue;
            }

            if (next >= orders.Create.Length || orders.Create[next] != session.Name)
            {
                string found = next < orders.Create.Length ? $"'{orders.Create[next].Text}' stands "
                    + "there" : "it is missing";
                Report(diagnostics, SessionSet.SessionPrefix + session.Name.Text, found);
                return;
            }

            next++;
        }

        foreach (SessionEntry session in graph.Set.Sessions)
        {
            int last = -1;
            foreach (ObjectId file in session.Preserved)
            {
                int position = preserve.PositionOf(file);
                if (preserve.IsWhole && (position >= preservedCount || position < last))
                {
                    Report(diagnostics, graph.Set.NameOf(file), $"step {position}");
                    return;
                }

                last = position;
            }
        }
    }

    private static void Report(DiagnosticList diagnostics, string subject, string found) =>
        diagnostics.Add(new Diagnostic(DiagnosticCode.BeginningNotKept, DiagnosticSeverity.Error)
        {
            Subjects = [subject],
            Facts = [new("found", found)],
        });
}
