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
            PhaseTimeline timeline = timelines[(int)phase];
            bool isDerived = !rule.Between.IsInterleaved || rule.ReadsPreserveOrder;
            if (isDerived && preserve.IsWhole && timeline.IsWhole
                && (rule.Between.IsInterleaved ? [] : ranks.Of(rule.Between)) is { } places)
            {
                int[] expected = Expected(graph, rule, preserve, timeline, places);
                CheckPhase(graph, rule, expected, timeline, diagnostics);
            }
        }

        CheckRetrieve(graph, orders, timelines[(int)Phase.Retrieve], ranks, diagnostics);
    }

    // Sorting by (place of the session, place in preserve order), either of them backward where the model
    // says so. Where it says nothing of the inside, the plan's own order stands.
    private static int[] Expected(
        DependencyGraph graph,
        PhaseRule rule,
        PhaseTimeline preserve,
        PhaseTimeline timeline,
        int[] places)
    {
        int[] movers = [.. rule.ReadsPreserveOrder ? preserve.Movers : timeline.Movers];
        long[] keys = new long[movers.Length];
        for (int i = 0; i < movers.Length; i++)
        {
            int session = rule.Unit == StepUnit.Session
                ? movers[i]
                : graph.SessionOf(new ObjectId(movers[i]))!.Value.Index;
            long place = rule.Between.IsInterleaved ? 0 : places[session];
            long sessionKey = rule.IsBackward ? places.Length - place : place;
            long moverKey = rule.Inside == InsideSession.PreserveBackward ? movers.Length - i : i;
            keys[i] = (sessionKey << 32) | moverKey;
        }

        Array.Sort(keys, movers);
        return movers;
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
            string name = NameOf(graph, rule, timeline.Movers[step]);
            if (timeline.Movers[step] != expected[step])
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [name],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", step),
                        new("found", name),
                        new("expected", NameOf(graph, rule, expected[step])),
                        new("rule", Describe(rule)),
                    ],
                });
                return;
            }

            if (WaveOf(rule, timeline, step) is var wave && found.Wave != wave)
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [name],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", step),
                        new("found", $"in wave {found.Wave}"),
                        new("expected", $"in wave {wave}"),
                        new("rule", IsStepByStep(rule)
                            ? "it is taken one step after another"
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
        if (IsStepByStep(rule))
        {
            return step;
        }

        bool isFirst = step == 0 || timeline.Steps[step].Session != timeline.Steps[step - 1].Session;
        return timeline.Steps[isFirst ? step : step - 1].Wave;
    }

    // Nobody can make two of these steps at once: the kernel walks its list of created sessions, or all
    // sessions share one row of files.
    private static bool IsStepByStep(PhaseRule rule) =>
        rule.Between.IsInterleaved || rule.Between == SessionOrder.Create;

    private static string NameOf(DependencyGraph graph, PhaseRule rule, int mover) =>
        rule.Unit == StepUnit.Session
            ? graph.Set.NameOf((DependencyEnd)new SessionId(mover))
            : graph.Set.NameOf(new ObjectId(mover));

    private static string Describe(PhaseRule rule)
    {
        string order = rule.Between == SessionOrder.Create ? "creation" : rule.Between.Name;
        string sessions = rule.Between.IsInterleaved
            ? ""
            : $"sessions in {(rule.IsBackward ? "reverse " : "")}{order} order";
        string files = rule.Inside switch
        {
            InsideSession.PreserveForward => "files in preserve order",
            InsideSession.PreserveBackward => "files in reverse preserve order",
            _ => "",
        };
        return sessions.Length == 0 ? $"the kernel takes {files}"
            : files.Length == 0 ? $"the kernel takes {sessions}"
            : $"the kernel takes {sessions} and their {files}";
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
                    Facts = [new("order", "retrieve"), new("flaw", "does not follow the retrieve steps")],
                });
                return;
            }

            isEmptySeen |= isEmpty;
            last = isEmpty ? last : first;
        }
    }
}
