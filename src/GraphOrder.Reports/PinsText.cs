namespace GraphOrder.Reports;

/// <summary>The report on what keeps something from being finished, and what it keeps waiting.</summary>
internal sealed class PinsText
{
    private const int TextColumn = 10;
    private const int PinsShownMax = 20;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly PinExplanation _pins;
    private readonly TextReportOptions _options;
    private readonly string _name;

    public PinsText(
        ReportLines lines, DependencyGraph graph, PinExplanation pins, TextReportOptions options)
    {
        _lines = lines;
        _graph = graph;
        _pins = pins;
        _options = options;
        _name = PlainText.Id(pins.Name);
    }

    public void Write()
    {
        long heldBy = _pins.HeldBy.Length + (long)_pins.HeldByMoreCount;
        long holds = _pins.Holds.Length + (long)_pins.HoldsMoreCount;
        string waits = holds == 0 ? "Nothing waits for it."
            : holds == 1 ? "1 waits for it."
            : $"{holds} wait for it.";
        _lines.Verdict(
            heldBy == 0 ? "FREE" : "HELD",
            null,
            heldBy == 0
                ? $": nothing must finish before {_name}. {waits}"
                : $": {Held()} must finish before {_name}. {waits}");
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _graph.Set.Digest);
        header.Line("model", PlainText.Id(_pins.Model));
        header.Line("finish", PhaseWords.Describe(_pins.Rule));
        if (_pins.IsKernelMoved)
        {
            header.Line("note", "The kernel moves it by itself and lets go of it after what needs it.");
        }

        if (_pins.FinishesWith is { } session)
        {
            header.Line("with", $"its session {PlainText.Id(session)}, which finishes as a whole");
        }

        Write("HELD BY", _pins.HeldBy, _pins.HeldByMoreCount);
        Write("HOLDS", _pins.Holds, _pins.HoldsMoreCount);
        if (!_pins.Problems.IsEmpty)
        {
            Diagnostic first = _pins.Problems[0];
            _lines.Blank();
            _lines.Labelled(0, "NO PLAN", TextColumn, $"The set has none: "
                + $"{VerdictSentence.Of(first).TrimEnd('.')} ({first.Code.Text()}).");
            _lines.Command("PLAN", TextColumn, ["graph-order", "plan", ShellWord.Path(_options.SetName)]);
        }
    }

    private string Held()
    {
        int sessions = _pins.HeldBy.Count(static pin => pin.IsSession);
        long others = _pins.HeldBy.Length - sessions + (long)_pins.HeldByMoreCount;
        string noun = _pins.Rule.Unit == StepUnit.File && !_pins.IsKernelMoved ? "file" : "object";
        return sessions == 0 ? Plural.Of(others, noun)
            : others == 0 ? Plural.Of(sessions, "session")
            : $"{Plural.Of(sessions, "session")} and {Plural.Of(others, noun)}";
    }

    private void Write(string label, IReadOnlyList<Pin> pins, int moreCount)
    {
        if (pins.Count == 0)
        {
            return;
        }

        _lines.Blank();
        ChainLines chain = new(_lines, _graph, _options.SetName, TextColumn + 2);
        for (int i = 0; i < Math.Min(pins.Count, PinsShownMax); i++)
        {
            string steps = Plural.Of(pins[i].Chain.Length, "step");
            _lines.Labelled(0, i == 0 ? label : "", TextColumn, $"{PlainText.Id(pins[i].Name)}  ({steps})");
            chain.Write(pins[i].Chain, Phase.Finish);
        }

        long left = Math.Max(0, pins.Count - PinsShownMax);
        if (left + moreCount > 0)
        {
            string listed = moreCount == 0 ? "" : $", of which --format json lists {left}";
            _lines.Wrapped(TextColumn, $"... and {left + moreCount} further away{listed}.");
        }
    }
}
