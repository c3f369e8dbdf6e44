using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// What the kernel does by itself in a phase, told in the numbers of the steps that preserve: <c>3 5 7, 4 6
/// 8</c>, one list a session, in the phase's own order.
/// </summary>
internal static class KernelOrders
{
    /// <summary>The numbers; empty where there is no file.</summary>
    public static string Of(DependencyGraph graph, RunSteps run, Phase phase, int sessionsMax, int numbersMax)
    {
        ObjectId[] files = RunSteps.FilesOf(graph.Set, run.Plan[phase]);
        StringBuilder text = new();
        int sessions = 0;
        for (int first = 0; first < files.Length;)
        {
            SessionId? session = graph[files[first]].Session;
            int end = first;
            while (end < files.Length && graph[files[end]].Session == session)
            {
                end++;
            }

            if (sessions < sessionsMax)
            {
                int[] numbers = [.. files[first..end].Select(file => run.Of(Phase.Preserve, file))];
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
