namespace GraphOrder.Reports;

/// <summary>What turned steps round, each with the pair that shows it.</summary>
internal sealed class CauseBlock
{
    private const int CausesShownMax = 10;
    private const int ChainShownMax = 5;
    private const int LabelColumn = 4;
    private const int TextColumn = 13;

    private readonly ReportLines _lines;
    private readonly PlanDifference _difference;
    private readonly ChangeLines _changes;

    public CauseBlock(ReportLines lines, PlanDifference difference, DiffTextOptions options)
    {
        _lines = lines;
        _difference = difference;
        _changes = new ChangeLines(lines, options, LabelColumn, TextColumn);
    }

    public void Write()
    {
        SortedSet<int> named =
            [.. _difference.Phases.SelectMany(static phase => phase.Moved).Select(static step => step.Cause)];
        named.Remove(-1);
        if (named.Count == 0)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, "CAUSES");
        foreach (int cause in named.Take(CausesShownMax))
        {
            Write(cause + 1, _difference.Causes[cause]);
        }

        int left = named.Count - CausesShownMax;
        if (left > 0)
        {
            _lines.Wrapped(2, $"... {StepWords.Number(left)} more; --format json has them all ...");
        }
    }

    private void Write(int number, OrderCause cause)
    {
        string label = StepWords.Number(number);
        if (cause.Kind != OrderCauseKind.Dependencies)
        {
            _lines.Cells([new Cell(1, label), new Cell(LabelColumn, CauseSentence.Of(_difference, cause))]);
        }

        foreach (int change in cause.Changes)
        {
            _changes.Write(label, _difference.Dependencies[change]);
            label = "";
        }

        if (cause.Kind != OrderCauseKind.Preserve)
        {
            _lines.Labelled(LabelColumn, "turned", TextColumn, Witness(cause));
        }

        WriteChain(cause);
        // Where nothing restored the order, other models are named for want of another cause: no proof.
        if (cause.Kind == OrderCauseKind.Dependencies || cause.IsWhole)
        {
            _lines.Labelled(LabelColumn, "proof", TextColumn, Proof(cause));
        }
    }

    private string Proof(OrderCause cause)
    {
        string without = cause.Kind == OrderCauseKind.Model
                ? $"for {PlainText.Id(_difference.First.Result.Model)}"
            : cause.Changes.Length > 1 ? "with all of these taken back"
            : "with this taken back";
        string proved = cause.IsWhole ? "every step stands" : "these two stand";
        return $"planned again {without}, {proved} as in the first plan";
    }

    private static string Witness(OrderCause cause)
    {
        string step = StepWords.Of(cause.Step);
        string other = StepWords.Of(cause.Other);
        if (!cause.Chain.IsEmpty || cause.Kind != OrderCauseKind.Dependencies)
        {
            return $"{cause.Phase.Name()}: {step} and {other}";
        }

        return $"{cause.Phase.Name()}: {step}{Wave(cause.StepWaves)} and {other}{Wave(cause.OtherWaves)}";
    }

    private static string Wave((int First, int Second) waves) => waves.First == waves.Second
        ? $" (wave {StepWords.Number(waves.First)})"
        : $" (wave {StepWords.Number(waves.First)} -> {StepWords.Number(waves.Second)})";

    // A chain of one change says nothing that the change does not say.
    private void WriteChain(OrderCause cause)
    {
        if (cause.Chain.Length < 2 && !(cause.Chain.Length == 1 && cause.Changes.Length > 1))
        {
            return;
        }

        string label = cause.IsChainOfFirst ? "chain then" : "chain";
        foreach (CycleStep step in cause.Chain.Take(ChainShownMax))
        {
            string dependency = step.Rule == CycleRule.FixedBeginning
                ? $"{PlainText.Id(step.First)} before {PlainText.Id(step.Then)}: the kernel has it so already"
                : $"{PlainText.Id(step.Dependent)} needs {PlainText.Id(step.On)}";
            _lines.Labelled(LabelColumn, label, TextColumn, dependency);
            label = "";
        }

        int left = cause.Chain.Length - ChainShownMax;
        if (left > 0)
        {
            _lines.Wrapped(TextColumn, $"... {Plural.Of(left, "more step")} ...");
        }
    }
}
