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
        lines.Labelled(0, title, column, $"{Paused(run, graph.SessionCount)}{open}nothing is lost yet");
        lines.Labelled(LabelColumn, "again", column, $"run {kexec} once more{FrozenDevices(graph)}");
        string numbers = KernelOrders.Of(graph, rule, run, names, sessionsMax, NumbersMax);
        string acts = Acts(rule, run, names);
        if (!rule.IsCalledBySession)
        {
            string unpreserve = numbers.Length > 0 ? $"unpreserve {numbers}; {acts}" : acts;
            lines.Labelled(LabelColumn, "give up", column, unpreserve.TrimEnd(' ', ';'));
            return;
        }

        string close = Close(rule, closed, names, sessionsMax) + (acts.Length > 0 ? $"; {acts}" : "");
        string kernel = rule.Unit == StepUnit.Session ? "; each is unpreserved at once"
            : numbers.Length > 0 ? $"; kernel unpreserves {numbers}"
            : "";
        lines.Labelled(LabelColumn, "give up", column, close + kernel);
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

    private static string Close(
        PhaseRule rule, SessionId[] closed, ReportNames names, int sessionsMax)
    {
        List<string> told = [.. closed.Take(sessionsMax).Select(session => names.Of(session))];
        string close = string.Join(closed.Length == 2 ? ", then " : ", ", told);
        int rest = closed.Length - told.Count;
        string order = PlainText.Id(rule.Between.Name);
        string backward = rule.IsBackward ? ", backward" : "";
        close += rest > 0 ? $" and {rest} more, as \"{order}\" of the JSON plan has them{backward}" : "";
        return $"close {close}";
    }

    private static string Paused(RunSteps run, int sessionCount)
    {
        int count = run.PausedAtKexecCount;
        return count == 0 ? ""
            : count == 1 ? "one guest is paused, "
            : count == sessionCount ? count == 2 ? "both guests are paused, " : "all guests are paused, "
            : string.Create(CultureInfo.InvariantCulture, $"{count} guests are paused, ");
    }

    // Acts of unpreserve stand between its calls: each is told with the call that comes next.
    private static string Acts(PhaseRule rule, RunSteps run, ReportNames names)
    {
        PhaseSteps steps = run.Plan[Phase.Unpreserve];
        List<string> told = [];
        PlanStep? next = null;
        for (int row = steps.Count - 1; row >= 0; row--)
        {
            if (run.ActOf(steps[row]) is { } act)
            {
                told.Add($"{names.Of(act)} {Before(rule, run, next)}");
            }
            else
            {
                next = steps[row];
            }
        }

        told.Reverse();
        return told.Count == 0 ? "" : $"do {string.Join(", ", told)}";
    }

    // What moves has the number of the step that preserves it.
    private static string Before(PhaseRule rule, RunSteps run, PlanStep? next) =>
        next is not { } step ? "at the end"
        : run.ObjectOf(step, rule.Phase) is { } id && !rule.IsCalledBySession
            ? string.Create(CultureInfo.InvariantCulture, $"before {run.Of(Phase.Preserve, id)}")
        : $"before closing {PlainText.Id(step.Session!.Value.Text)}";
}
