using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>What to do if the jump fails: nothing is lost yet, and giving up has an order too.</summary>
internal static class FailureBlock
{
    private const int LabelColumn = 2;
    private const int TextColumnMin = 13;
    private const int NumbersMax = 12;

    /// <summary>Writes the block; nothing where there is nothing to take back.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="graph">The set.</param>
    /// <param name="rule">How the update is called off: the old kernel's unpreserve.</param>
    /// <param name="run">The steps.</param>
    /// <param name="names">The names.</param>
    /// <param name="sessionsMax">How many sessions are told; the rest is counted.</param>
    public static void Write(
        ReportLines lines,
        DependencyGraph graph,
        PhaseRule rule,
        RunSteps run,
        ReportNames names,
        int sessionsMax)
    {
        SessionId[] closed = run.SessionsIn(Phase.Unpreserve);
        if (closed.Length == 0 && run.Plan[Phase.Unpreserve].Count == 0)
        {
            return;
        }

        string kexec = run.KexecNumber.ToString(CultureInfo.InvariantCulture);
        lines.Blank();
        string open = closed.Length switch
        {
            0 => "",
            1 => "the session is open, ",
            2 => "both sessions are open, ",
            _ => string.Create(CultureInfo.InvariantCulture, $"all {closed.Length} sessions are open, "),
        };
        string title = $"IF {kexec} FAILS";
        int column = Math.Max(TextColumnMin, title.Length + 2);
        lines.Labelled(0, title, column, $"{open}nothing is lost yet");
        lines.Labelled(LabelColumn, "again", column, $"run {kexec} once more{FrozenDevices(graph)}");
        string numbers = KernelOrders.Of(graph, rule, run, names, sessionsMax, NumbersMax);
        if (!rule.IsCalledBySession)
        {
            lines.Labelled(LabelColumn, "give up", column, $"unpreserve {numbers}");
            return;
        }

        lines.Labelled(
            LabelColumn, "give up", column, GiveUp(rule, closed, numbers, names, sessionsMax));
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

    private static string GiveUp(
        PhaseRule rule, SessionId[] closed, string numbers, ReportNames names, int sessionsMax)
    {
        List<string> told = [.. closed.Take(sessionsMax).Select(session => names.Of(session))];
        string close = string.Join(closed.Length == 2 ? ", then " : ", ", told);
        int rest = closed.Length - told.Count;
        string order = PlainText.Id(rule.Between.Name);
        string backward = rule.IsBackward ? ", backward" : "";
        close += rest > 0 ? $" and {rest} more, as \"{order}\" of the JSON plan has them{backward}" : "";
        return rule.Unit == StepUnit.Session ? $"close {close}; each is unpreserved at once"
            : numbers.Length > 0 ? $"close {close}; kernel unpreserves {numbers}"
            : $"close {close}";
    }
}
