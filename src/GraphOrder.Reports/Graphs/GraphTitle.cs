using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>What a graph says in words: the verdict, how to read the arrows, what is left out.</summary>
internal static class GraphTitle
{
    private const int VerdictWidth = 110;
    private const int VerdictLinesMax = 6;

    /// <summary>The first line of the text report, wrapped.</summary>
    public static string[] Verdict(GraphFacts facts)
    {
        PlanPicture picture = facts.Picture;
        StringWriter output = new(CultureInfo.InvariantCulture);
        ReportLines lines = new(output, VerdictWidth);
        TextReportOptions options = picture.Report with { Colour = false, Width = VerdictWidth };
        if (picture.Result.TryGetPlan(out Plan? plan))
        {
            BindingPhases binding = new(facts.Graph, plan.Waived);
            RefusedFiles refused = new(facts.Graph, picture.Kernels, plan.Diagnostics);
            VerdictLine.Legal(lines, picture.Kernels, refused, binding, plan.Diagnostics, options);
        }
        else
        {
            Diagnostic[] errors = [.. picture.Result.Diagnostics
                .Where(static found => found.IsError)
                .OrderBy(static error => error.Code != DiagnosticCode.MissingEdge)];
            VerdictLine.Refused(lines, errors, VerdictSentence.Of(errors[0]), options, hasRest: false);
        }

        return [.. output.ToString().TrimEnd('\n').Split('\n').Take(VerdictLinesMax)
            .Select(static line => Shown.Name(line.Trim(), VerdictWidth))];
    }

    /// <summary>What the set is called, how large it is, and for which kernels.</summary>
    public static string Subject(GraphFacts facts)
    {
        DependencyGraph graph = facts.Graph;
        string counts = $"{Plural.Of(graph.SessionCount, "session")}, "
            + $"{Plural.Of(graph.ObjectCount, "object")}, "
            + Plural.Of(graph.DependencyCount, "dependency", "dependencies");
        string name = Shown.Name(PlainText.Whole(facts.Picture.Report.SetName), Shown.TitleMax);
        return $"{name}: {counts}; model {PlainText.Id(facts.Picture.Result.Model)}";
    }

    /// <summary>How the picture is read, one sentence each.</summary>
    public static List<string> Legend(GraphFacts facts, DrawnGraph drawn)
    {
        List<string> lines = ["An arrow points from what needs to what is needed."];
        bool areMerged = drawn.Level >= FoldLevel.Files;
        if (drawn.Arcs.Count > 0 && !areMerged)
        {
            lines.Add($"Without a word it binds in {facts.UsualPhases}; else it says in which, "
                + "or in which of them not.");
        }

        if (facts.Run is not null && drawn.Level < FoldLevel.Sessions)
        {
            lines.Add("Numbers: its steps of the plan in preserve, retrieve and finish.");
        }

        if (drawn.Arcs.Any(static arc => arc.IsSoft))
        {
            lines.Add("Dashed: soft, so it may be waived.");
        }

        if (facts.Cycle.AreAny)
        {
            lines.Add("Red and bold, with the numbers of its steps: the closed walk. "
                + "Dotted: what closes it.");
        }

        return lines;
    }

    /// <summary>What is left out or drawn as one, one sentence each; empty for a whole picture.</summary>
    public static List<string> LeftOut(GraphFacts facts, DrawnGraph drawn)
    {
        List<string> lines = [];
        if (facts.DroppedCount > 0)
        {
            lines.Add($"{Plural.Of(facts.DroppedCount, "dependency is", "dependencies are")} left out that "
                + "paths of others imply in the same phases.");
        }

        if (facts.IsTooLargeToReduce)
        {
            lines.Add("Too large to be reduced: dependencies that others imply are drawn too.");
        }

        int folded = 0;
        foreach (int count in drawn.SessionCounts)
        {
            folded += Math.Max(count - 1, 0);
        }

        if (folded > 0)
        {
            lines.Add($"{Plural.Of(folded, "session is", "sessions are")} not drawn since one that is "
                + "alike is: a count says how many it stands for.");
        }

        _ = drawn.Level switch
        {
            FoldLevel.Files => Added(lines, "What travels in a file is not drawn."),
            >= FoldLevel.Sessions => Added(
                lines, "A session is drawn as one, with the count of its objects."),
            _ => false,
        };
        if (drawn.Level == FoldLevel.FirstSessions)
        {
            int shown = drawn.SessionCounts.Sum();
            lines.Add($"Only {shown} of {Plural.Of(facts.Graph.SessionCount, "session")} are drawn by "
                + "name.");
        }

        return lines;
    }

    /// <summary>Whether something is drawn as one that is several.</summary>
    public static bool IsFolded(DrawnGraph drawn) => drawn.Level != FoldLevel.Whole;

    /// <summary>The command that shows all of it.</summary>
    public static string WholeCommand(GraphFacts facts)
    {
        string[] words =
        [
            "graph-order", "plan", ShellWord.Path(facts.Picture.Report.SetName),
            .. facts.Picture.Report.Repeated.Select(ShellWord.Of), "--format", "graphml",
        ];
        return string.Join(' ', words);
    }

    private static bool Added(List<string> lines, string line)
    {
        lines.Add(line);
        return true;
    }
}
