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
                int[] steps = StepsThatMove(timeline);
                int[] expected = Expected(graph, rule, preserve, timeline, places);
                CheckPhase(graph, rule, expected, steps, timeline, diagnostics);
                CheckActs(graph, rule, steps, timeline, diagnostics);
            }
        }

        CheckRetrieve(graph, orders, timelines[(int)Phase.Retrieve], ranks, diagnostics);
    }

    // The models derive the order of what moves; acts stand between.
    private static int[] StepsThatMove(PhaseTimeline timeline)
    {
        List<int> steps = new(timeline.Movers.Length);
        for (int step = 0; step < timeline.Movers.Length; step++)
        {
            if (timeline.Movers[step] >= 0)
            {
                steps.Add(step);
            }
        }

        return [.. steps];
    }

    // Between two files of one session there is no place for an act: one call takes them all.
    private static void CheckActs(
        DependencyGraph graph,
        PhaseRule rule,
        int[] steps,
        PhaseTimeline timeline,
        DiagnosticList diagnostics)
    {
        for (int i = 1; i < steps.Length; i++)
        {
            if (steps[i] > steps[i - 1] + 1
                && timeline.Steps[steps[i]].Session == timeline.Steps[steps[i - 1]].Session)
            {
                string act = timeline.Steps[steps[i] - 1].ActName ?? "";
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [act],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", steps[i] - 1),
                        new("found", act),
                        new("expected", NameOf(graph, rule, timeline.Movers[steps[i]])),
                        new("rule", "a session is taken as a whole"),
                    ],
                });
                return;
            }
        }
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
        int[] movers = Array.FindAll(
            rule.ReadsPreserveOrder ? preserve.Movers : timeline.Movers, static mover => mover >= 0);
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
        int[] steps,
        PhaseTimeline timeline,
        DiagnosticList diagnostics)
    {
        for (int place = 0; place < expected.Length; place++)
        {
            int step = steps[place];
            PlanStep found = timeline.Steps[step];
            string name = NameOf(graph, rule, timeline.Movers[step]);
            if (timeline.Movers[step] != expected[place])
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.OrderNotDerived, DiagnosticSeverity.Error)
                {
                    Subjects = [name],
                    Facts =
                    [
                        new("phase", rule.Phase.Name()),
                        new("step", step),
                        new("found", name),
                        new("expected", NameOf(graph, rule, expected[place])),
                        new("rule", Describe(rule)),
                    ],
                });
                return;
            }

            if (WaveOf(rule, timeline, steps, place) is var wave && found.Wave != wave)
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
    private static int WaveOf(PhaseRule rule, PhaseTimeline timeline, int[] steps, int place)
    {
        if (IsStepByStep(rule))
        {
            return place;
        }

        bool isFirst = place == 0
            || timeline.Steps[steps[place]].Session != timeline.Steps[steps[place - 1]].Session;
        return timeline.Steps[steps[isFirst ? place : place - 1]].Wave;
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
