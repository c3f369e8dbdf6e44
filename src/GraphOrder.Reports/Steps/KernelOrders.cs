using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// What the kernel does by itself in a phase, told in the numbers of the steps that preserve: <c>3 5 7, 4 6
/// 8</c>, one list a session where the phase takes one session after another, in the phase's own order.
/// </summary>
internal static class KernelOrders
{
    /// <summary>The numbers; empty where nothing moves.</summary>
    /// <param name="graph">The set.</param>
    /// <param name="rule">How the phase moves.</param>
    /// <param name="run">The steps.</param>
    /// <param name="names">The names.</param>
    /// <param name="sessionsMax">How many sessions are told; the rest is counted.</param>
    /// <param name="numbersMax">How many pieces of each list are told; the rest is counted.</param>
    public static string Of(
        DependencyGraph graph,
        PhaseRule rule,
        RunSteps run,
        ReportNames names,
        int sessionsMax,
        int numbersMax)
    {
        switch (rule.Unit)
        {
            case StepUnit.Everything:
                return run.Plan[rule.Phase].Count == 0 ? "" : "everything at once";
            case StepUnit.Session:
                SessionId[] sessions = run.SessionsIn(rule.Phase);
                List<string> told = [.. sessions.Take(sessionsMax).Select(session => names.Of(session))];
                int rest = sessions.Length - told.Count;
                string more = rest > 0 ? $" and {Plural.Of(rest, "more session")}" : "";
                return told.Count == 0 ? "" : $"{string.Join(", ", told)}{more}, each at once";
            default:
                return Numbers(graph, rule, run, sessionsMax, numbersMax);
        }
    }

    private static string Numbers(
        DependencyGraph graph, PhaseRule rule, RunSteps run, int sessionsMax, int numbersMax)
    {
        ObjectId[] objects = run.ObjectsIn(rule.Phase);
        StringBuilder text = new();
        int sessions = 0;
        for (int first = 0; first < objects.Length;)
        {
            SessionId? session = graph.SessionOf(objects[first]);
            int end = first;
            while (end < objects.Length
                && (rule.Between.IsInterleaved || graph.SessionOf(objects[end]) == session))
            {
                end++;
            }

            if (sessions < sessionsMax)
            {
                int[] numbers = [.. objects[first..end].Select(id => run.Of(Phase.Preserve, id))];
                text.Append(sessions > 0 ? ", " : "").Append(NumberRuns.Of(numbers, " ", numbersMax));
            }

            sessions++;
            first = end;
        }

        int rest = sessions - sessionsMax;
        return rest > 0
            ? text.Append(", and of ").Append(Plural.Of(rest, "more session")).ToString()
            : text.ToString();
    }
}
