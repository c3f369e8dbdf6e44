namespace GraphOrder.Reports;

/// <summary>How many places of a limited class are taken when, by a schedule. Immutable.</summary>
/// <param name="Held">The class.</param>
/// <param name="Phase">The phase; a call never reaches into another.</param>
/// <param name="Span">From when to when.</param>
/// <param name="Places">How many are taken.</param>
internal readonly record struct ClassUse(int Held, Phase Phase, StepSpan Span, int Places)
{
    /// <summary>
    /// Whether some call moves several steps, so that a place is held for longer than the bar of one.
    /// </summary>
    public static bool AreJoined(KernelPair kernels)
    {
        foreach (Phase phase in TimelineSteps.Shown)
        {
            if (!IsCall(kernels[phase]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All times in which a place is taken, by class and then in order.</summary>
    public static List<ClassUse> Of(
        DependencyGraph graph, KernelPair kernels, Schedule schedule, LimitedClasses classes)
    {
        List<ClassUse> uses = [];
        if (classes.Names.Count == 0)
        {
            return uses;
        }

        foreach (Phase phase in TimelineSteps.Shown)
        {
            List<(long At, int Held, int Change)> changes = [];
            foreach ((StepSpan span, SortedSet<int> held) in Calls(graph, kernels, schedule, classes, phase))
            {
                foreach (int each in span.Length > 0 ? held : [])
                {
                    changes.Add((span.Start, each, 1));
                    changes.Add((span.End, each, -1));
                }
            }

            changes.Sort(static (left, right) => (left.Held, left.At).CompareTo((right.Held, right.At)));
            AddUses(uses, phase, changes);
        }

        uses.Sort(static (left, right) =>
            (left.Held, left.Span.Start, left.Phase).CompareTo((right.Held, right.Span.Start, right.Phase)));
        return uses;
    }

    private static void AddUses(
        List<ClassUse> uses, Phase phase, List<(long At, int Held, int Change)> changes)
    {
        int taken = 0;
        for (int i = 0; i < changes.Count; i++)
        {
            taken += changes[i].Change;
            bool isLast = i + 1 == changes.Count || changes[i + 1].Held != changes[i].Held;
            if (isLast || changes[i + 1].At == changes[i].At || taken == 0)
            {
                continue;
            }

            StepSpan span = new(changes[i].At, changes[i + 1].At);
            bool isSame = uses.Count > 0
                && uses[^1] is { } last
                && (last.Held, last.Phase, last.Places) == (changes[i].Held, phase, taken)
                && last.Span.End == span.Start;
            if (isSame)
            {
                uses[^1] = uses[^1] with { Span = uses[^1].Span with { End = span.End } };
            }
            else
            {
                uses.Add(new ClassUse(changes[i].Held, phase, span, taken));
            }
        }
    }

    private static bool IsCall(PhaseRule rule) => rule.TakesActs && rule.Between.IsInterleaved;

    // A step is a call, but for a phase that takes whole sessions, each with one, or everything with one.
    private static IEnumerable<(StepSpan Span, SortedSet<int> Held)> Calls(
        DependencyGraph graph, KernelPair kernels, Schedule schedule, LimitedClasses classes, Phase phase)
    {
        PhaseRule rule = kernels[phase];
        PhaseSteps steps = schedule.Plan[phase];
        Dictionary<string, (StepSpan Span, SortedSet<int> Held)> joined = new(StringComparer.Ordinal);
        for (int step = 0; step < steps.Count; step++)
        {
            PlanStep found = steps[step];
            StepTime time = schedule[phase][step];
            StepSpan span = new(time.StartMicroseconds, time.StartMicroseconds + time.Microseconds);
            SortedSet<int> held = HeldBy(graph, classes, found);
            if (IsCall(rule) || (rule.TakesActs && found.ActName is not null))
            {
                yield return (span, held);
                continue;
            }

            string call = rule.TakesActs ? found.Session?.Text ?? "" : "";
            if (joined.TryGetValue(call, out (StepSpan Span, SortedSet<int> Held) known))
            {
                held.UnionWith(known.Held);
                span = new StepSpan(
                    Math.Min(known.Span.Start, span.Start), Math.Max(known.Span.End, span.End));
            }

            joined[call] = (span, held);
        }

        foreach ((StepSpan Span, SortedSet<int> Held) call in joined.Values)
        {
            yield return call;
        }
    }

    private static SortedSet<int> HeldBy(DependencyGraph graph, LimitedClasses classes, PlanStep step)
    {
        SortedSet<int> held = [];
        Add(step.ObjectName ?? step.ActName);
        for (int i = 0; i < step.CarriedCount; i++)
        {
            Add(step.CarriedName(i));
        }

        return held;

        void Add(string? name)
        {
            if (name is not null
                && graph.Set.TryFind(name, out ObjectId id)
                && classes.OwnOf(id) is var own and >= 0)
            {
                held.Add(own);
            }
        }
    }
}
