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
        lines.Labelled(0, title, column, $"{open}, nothing is lost yet");
        lines.Labelled(LabelColumn, "again", column, $"run {kexec} once more{FrozenDevices(graph)}");
        lines.Labelled(LabelColumn, "give up", column, GiveUp(graph, run, names, sessionsMax));
        string holder = closed.Length == 1 ? "the session" : "the sessions";
        lines.Labelled(
            LabelColumn, "do not", column, $"let the process that holds {holder} exit: that is \"give up\"");
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
        string numbers = KernelOrders.Of(graph, run, Phase.Unpreserve, sessionsMax, NumbersMax);
        return numbers.Length > 0 ? $"close {close}; kernel unpreserves {numbers}" : $"close {close}";
    }
}
