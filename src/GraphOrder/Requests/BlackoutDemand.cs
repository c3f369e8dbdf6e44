using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Holds a plan to the longest blackout that is allowed.</summary>
internal static class BlackoutDemand
{
    /// <summary>The plan, or the refusal where a guest would be paused for longer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="schedule">When its steps run; null where it has no schedule.</param>
    /// <param name="microsecondsMax">What is allowed; null where nobody asks.</param>
    public static PlanResult Hold(
        DependencyGraph graph, Plan plan, Schedule? schedule, long? microsecondsMax)
    {
        DiagnosticList diagnostics = new();
        if (schedule is null)
        {
            AddWhyNone(graph, microsecondsMax, diagnostics);
        }
        else if (microsecondsMax is { } max)
        {
            AddTooLong(schedule, max, diagnostics);
            AddUnknown(schedule, diagnostics);
        }

        ImmutableArray<Diagnostic> all = Merged(plan.Diagnostics, diagnostics.ToImmutable());
        return diagnostics.HasErrors
            ? new PlanResult(plan.Model, plan.Input, plan.Rules, all)
            : new PlanResult(plan.With(all));
    }

    // Sorted as a list of diagnostics is: what counts the rest stays at the end.
    private static ImmutableArray<Diagnostic> Merged(
        ImmutableArray<Diagnostic> known, ImmutableArray<Diagnostic> added) =>
    [
        .. known.Concat(added)
            .OrderBy(static found => found.Code == DiagnosticCode.MoreProblems)
            .ThenByDescending(static found => found.Severity)
            .ThenBy(static found => found.Code),
    ];

    private static void AddWhyNone(DependencyGraph graph, long? microsecondsMax, DiagnosticList diagnostics)
    {
        DiagnosticSeverity severity = microsecondsMax is null
            ? DiagnosticSeverity.Warning
            : DiagnosticSeverity.Error;
        if (!Scheduler.AreCostsCountable(graph))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.CostsTooLarge, severity));
        }
        else if (microsecondsMax is not null)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.BlackoutNotSaid, severity));
        }
    }

    // One for all guests: the longest is told, the others are subjects.
    private static void AddTooLong(Schedule schedule, long max, DiagnosticList diagnostics)
    {
        List<string> guests = [];
        foreach (GuestBlackout blackout in schedule.Blackouts)
        {
            if (blackout.Microseconds > max)
            {
                guests.Add(SessionSet.SessionPrefix + blackout.Session.Text);
            }
        }

        if (guests.Count == 0)
        {
            return;
        }

        GuestBlackout longest = schedule.Longest;
        int others = guests.Count - 1;
        diagnostics.Add(new Diagnostic(DiagnosticCode.BlackoutTooLong, DiagnosticSeverity.Error)
        {
            Subjects = [.. guests],
            Facts =
            [
                new("session", longest.Session.Text),
                new("blackout", Milliseconds.Of(longest.Microseconds)),
                new("allowed", Milliseconds.Of(max)),
                new("least", Milliseconds.Of(longest.MicrosecondsMin)),
                .. others == 0 ? [] : (ReadOnlySpan<DiagnosticFact>)[new("others", others)],
            ],
        });
    }

    private static void AddUnknown(Schedule schedule, DiagnosticList diagnostics)
    {
        if (schedule.UnknownCostCount > 0 || !schedule.IsKexecKnown)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.CostsNotSaid, DiagnosticSeverity.Warning)
            {
                Facts =
                [
                    new("count", schedule.UnknownCostCount),
                    new("of", schedule.WaitedStepCount),
                    new("kexec", schedule.IsKexecKnown ? "" : "kexecMicroseconds"),
                ],
            });
        }
    }
}
