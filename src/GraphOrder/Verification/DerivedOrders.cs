namespace GraphOrder;

/// <summary>
/// The orders that a model derives from others: freeze, unfreeze, unpreserve and finish follow from the
/// order of sessions and the preserve order, and nothing else may stand there.
/// </summary>
internal static class DerivedOrders
{
    public static void Check(
        DependencyGraph graph,
        KernelPair kernels,
        SessionOrders orders,
        PhaseTimeline[] timelines,
        SessionRanks ranks,
        DiagnosticList diagnostics)
    {
        PhaseTimeline preserve = timelines[(int)Phase.Preserve];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            if (rule.Between != SessionOrder.Interleaved && rule.ReadsPreserveOrder
                && preserve.IsWhole && timelines[(int)phase].IsWhole
                && ranks.Of(rule.Between) is { } places)
            {
                CheckPhase(
                    graph, rule, Expected(graph, rule, preserve, places), timelines[(int)phase], diagnostics);
            }
        }

        CheckRetrieve(graph, orders, timelines[(int)Phase.Retrieve], ranks, diagnostics);
    }

    // Sorting by (place of the session, place in preserve order), either of them backward where the model
    // says so.
    private static int[] Expected(DependencyGraph graph, PhaseRule rule, PhaseTimeline preserve, int[] places)
    {
        int[] files = [.. preserve.Files];
        long[] keys = new long[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            long place = places[graph[new ObjectId(files[i])].Session!.Value.Index];
            long sessionKey = rule.IsBackward ? places.Length - place : place;
            long fileKey = rule.Inside == InsideSession.PreserveBackward ? files.Length - i : i;
            keys[i] = (sessionKey << 32) | fileKey;
        }

        Array.Sort(keys, files);
        return files;
    }

    private static void CheckPhase(
        DependencyGraph graph,
        PhaseRule rule,
        int[] expected,
        PhaseTimeline timeline,
        DiagnosticList diagnostics)
    {
        for (int step = 0; step < expected.Length; step++)
        {
            PlanStep found = timeline.Steps[step];
            if (timeline.Files[step] != expected[step])
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [found.ObjectName!],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", step),
                        new("found", found.ObjectName!),
                        new("expected", graph.Set.NameOf(new ObjectId(expected[step]))),
                        new("rule", Describe(rule)),
                    ],
                });
                return;
            }

            if (WaveOf(rule, timeline, step) is var wave && found.Wave != wave)
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [found.ObjectName!],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", step),
                        new("found", $"in wave {found.Wave}"),
                        new("expected", $"in wave {wave}"),
                        new("rule", rule.Between == SessionOrder.Create
                            ? "the kernel takes one file after another"
                            : "the files of a session have its wave"),
                    ],
                });
                return;
            }
        }
    }

    // The kernel walks the list of created sessions file by file; elsewhere the files of a session go
    // together.
    private static int WaveOf(PhaseRule rule, PhaseTimeline timeline, int step)
    {
        if (rule.Between == SessionOrder.Create)
        {
            return step;
        }

        bool isFirst = step == 0 || timeline.Steps[step].Session != timeline.Steps[step - 1].Session;
        return timeline.Steps[isFirst ? step : step - 1].Wave;
    }

    private static string Describe(PhaseRule rule)
    {
        string sessions = rule.Between switch
        {
            SessionOrder.Create =>
                rule.IsBackward ? "sessions in reverse creation order" : "sessions in creation order",
            SessionOrder.Close => "sessions in close order",
            _ => "sessions in finish order",
        };
        string files =
            rule.Inside == InsideSession.PreserveBackward ? "reverse preserve order" : "preserve order";
        return $"the kernel takes {sessions} and their files in {files}";
    }

    private static void CheckRetrieve(
        DependencyGraph graph,
        SessionOrders orders,
        PhaseTimeline retrieve,
        SessionRanks ranks,
        DiagnosticList diagnostics)
    {
        if (ranks.Retrieve is null || !retrieve.IsWhole)
        {
            return;
        }

        int last = -1;
        bool isEmptySeen = false;
        foreach (SessionName name in orders.Retrieve)
        {
            graph.Set.TryFindSession(name.Text, out SessionId session);
            int first = retrieve.FirstOfSession[session.Index];
            bool isEmpty = first < 0;
            if ((!isEmpty && isEmptySeen) || (!isEmpty && first < last))
            {
                diagnostics.Add(new Diagnostic(
                    DiagnosticCode.SessionOrderIncomplete, DiagnosticSeverity.Error)
                {
                    Subjects = [SessionSet.SessionPrefix + name.Text],
                    Facts = [new("order", "retrieve")],
                });
                return;
            }

            isEmptySeen |= isEmpty;
            last = isEmpty ? last : first;
        }
    }
}
