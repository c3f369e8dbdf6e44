using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>What to do if the jump fails: nothing is lost yet, and giving up has an order too.</summary>
internal static class FailureBlock
{
    private const int LabelColumn = 2;
    private const int TextColumnMin = 13;
    private const int NumbersMax = 12;

    /// <summary>Writes the block; nothing where there is no session.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="graph">The set.</param>
    /// <param name="run">The steps.</param>
    /// <param name="names">The names.</param>
    /// <param name="sessionsMax">How many sessions are told; the rest is counted.</param>
    public static void Write(
        ReportLines lines, DependencyGraph graph, RunSteps run, ReportNames names, int sessionsMax)
    {
        SessionId[] closed = run.Closed;
        if (closed.Length == 0)
        {
            return;
        }

        string kexec = run.KexecNumber.ToString(CultureInfo.InvariantCulture);
        lines.Blank();
        string open = closed.Length switch
        {
            1 => "the session is open",
            2 => "both sessions are open",
            _ => string.Create(CultureInfo.InvariantCulture, $"all {closed.Length} sessions are open"),
        };
        string title = $"IF {kexec} FAILS";
        int column = Math.Max(TextColumnMin, title.Length + 2);
        lines.Labelled(0, title, column, $"{Paused(run, closed.Length)}{open}, nothing is lost yet");
        lines.Labelled(LabelColumn, "again", column, $"run {kexec} once more{FrozenDevices(graph)}");
        lines.Labelled(LabelColumn, "give up", column, GiveUp(graph, run, names, sessionsMax));
        string holder = closed.Length == 1 ? "the session" : "the sessions";
        lines.Labelled(
            LabelColumn, "do not", column, $"let the process that holds {holder} exit: that is \"give up\"");
    }

    private static string Paused(RunSteps run, int sessionCount)
    {
        int count = run.PausedAtKexecCount;
        return count == 0 ? ""
            : count == 1 ? "one guest is paused, "
            : count == sessionCount ? count == 2 ? "both guests are paused, " : "all guests are paused, "
            : string.Create(CultureInfo.InvariantCulture, $"{count} guests are paused, ");
    }

    // The posted vfio series poisons the descriptor at freeze and does not undo it (reference row: vfio
    // freeze).
    private static string FrozenDevices(DependencyGraph graph)
    {
        foreach (PreservedObject found in graph.Set.Objects)
        {
            if (found.Kind == ObjectKind.VfioDevice && found.IsFile)
            {
                return "; a vfio device already frozen stays dead (EIO)";
            }
        }

        return "";
    }

    private static string GiveUp(DependencyGraph graph, RunSteps run, ReportNames names, int sessionsMax)
    {
        SessionId[] closed = run.Closed;
        List<string> told = [];
        for (int i = 0; i < Math.Min(closed.Length, sessionsMax); i++)
        {
            told.Add(names.Of(closed[i]));
        }

        string close = string.Join(closed.Length == 2 ? ", then " : ", ", told);
        int rest = closed.Length - told.Count;
        close += rest > 0 ? $" and {rest} more, as \"close\" of the JSON plan has them" : "";
        string acts = Acts(graph, run, names);
        string numbers = KernelOrders.Of(graph, run, Phase.Unpreserve, sessionsMax, NumbersMax);
        return numbers.Length > 0
            ? $"close {close}{acts}; kernel unpreserves {numbers}"
            : $"close {close}{acts}";
    }

    // Acts of unpreserve stand between the closes: each is told with the session that is closed next.
    private static string Acts(DependencyGraph graph, RunSteps run, ReportNames names)
    {
        PhaseSteps steps = run.Plan[Phase.Unpreserve];
        List<string> told = [];
        for (int row = 0; row < steps.Count; row++)
        {
            if (RunSteps.ActOf(graph.Set, steps[row]) is not { } act)
            {
                continue;
            }

            int next = row + 1;
            while (next < steps.Count && steps[next].ActName is not null)
            {
                next++;
            }

            told.Add(next < steps.Count && steps[next].Session is { } session
                ? $"{names.Of(act)} before closing {PlainText.Id(session.Text)}"
                : $"{names.Of(act)} at the end");
        }

        return told.Count == 0 ? "" : $"; do {string.Join(", ", told)}";
    }
}
