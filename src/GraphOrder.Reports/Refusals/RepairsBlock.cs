namespace GraphOrder.Reports;

/// <summary>The ways out of a refusal, each with its price and its verdict under each model.</summary>
internal sealed class RepairsBlock
{
    private const string Title = "WAYS OUT  each was planned again; nothing was changed";
    private const int NumberColumn = 2;
    private const int TextColumn = 5;
    private const int ColumnGap = 2;
    private const int TextWidthMin = 24;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly RepairList _repairs;
    private readonly string[] _models;

    public RepairsBlock(ReportLines lines, DependencyGraph graph, RepairList repairs)
    {
        _lines = lines;
        _graph = graph;
        _repairs = repairs;
        _models = repairs.Repairs.IsEmpty
            ? []
            : [.. repairs.Repairs[0].Verdicts.Select(static verdict => PlainText.Id(verdict.Model))];
    }

    /// <summary>Writes the block; nothing where there is no way out.</summary>
    public void Write()
    {
        if (_repairs.Repairs.IsEmpty)
        {
            return;
        }

        int[] columns = Columns();
        _lines.Blank();
        Row(0, "", Title, _models, columns);
        for (int i = 0; i < _repairs.Repairs.Length; i++)
        {
            Repair repair = _repairs.Repairs[i];
            RepairText text = new(_graph, repair);
            string[] verdicts = [.. repair.Verdicts.Select(static verdict => Word(verdict.Verdict))];
            Row(TextColumn, $"{i + 1}", RepairText.What(repair), verdicts, columns);
            _lines.Wrapped(TextColumn, $"price: {text.Price()}");
        }

        WriteRefusals();
        if (!_repairs.LegalModels.IsEmpty)
        {
            string models = string.Join(", ", _repairs.LegalModels.Select(PlainText.Id));
            _lines.Wrapped(NumberColumn, $"As it stands, the set is legal under {models}.");
        }
    }

    /// <summary>
    /// Writes the command that applies a way out; nothing where there is none to apply.
    /// </summary>
    public void WriteCommand(KernelPair kernels, PlanResult result, string setName)
    {
        int chosen = _repairs.ChosenIndex;
        if (chosen < 0)
        {
            return;
        }

        List<string> words = ["graph-order", "plan", ShellWord.Path(setName)];
        if (kernels.ModelName != KernelPair.Of(_graph.Set.Host).ModelName)
        {
            words.AddRange(["--model", ShellWord.Of(kernels.ModelName)]);
        }

        if (_graph.Set.AcceptsMapped)
        {
            words.Add("--accept-derived");
        }

        foreach (Diagnostic waived in result.Diagnostics)
        {
            if (waived.Code == DiagnosticCode.Waived)
            {
                words.AddRange(["--waive", ShellWord.Of(waived.Fact("dependency"))]);
            }
        }

        string output = _repairs.Repairs[chosen].Kind == RepairKind.Merge ? "merged.json" : "repaired.json";
        words.AddRange(["--apply-repair", $"{chosen + 1}", "--output", output]);
        _lines.Command("DO", ErrorBlocks.TextColumn, [.. words]);
    }

    // From the right edge: the column of each model.
    private int[] Columns()
    {
        int[] columns = new int[_models.Length];
        int column = _lines.Width;
        for (int i = columns.Length - 1; i >= 0; i--)
        {
            column -= Math.Max(_models[i].Length, Word(PlanVerdict.Refused).Length);
            columns[i] = column;
            column -= ColumnGap;
        }

        return columns;
    }

    // What is too long for its line goes on below, left of the verdicts.
    private void Row(int textColumn, string number, string text, string[] words, int[] columns)
    {
        if (columns[0] < TextColumn + TextWidthMin + ColumnGap)
        {
            Stack(textColumn, number, text, words);
            return;
        }

        int room = Math.Max(TextWidthMin, columns[0] - ColumnGap - textColumn);
        int cut = text.Length <= room ? text.Length : text.LastIndexOf(' ', room);
        cut = cut <= 0 ? text.Length : cut;
        List<Cell> cells = [new Cell(NumberColumn, number), new Cell(textColumn, text[..cut])];
        for (int i = 0; i < words.Length; i++)
        {
            cells.Add(new Cell(columns[i], words[i]));
        }

        _lines.Cells([.. cells]);
        if (cut < text.Length)
        {
            _lines.Wrapped(TextColumn, text[(cut + 1)..]);
        }
    }

    // Where the verdicts have no room beside the text, they stand below it with their models.
    private void Stack(int textColumn, string number, string text, string[] words)
    {
        _lines.Cells([new Cell(NumberColumn, number), new Cell(textColumn, text)]);
        if (number.Length > 0)
        {
            _lines.Wrapped(TextColumn, string.Join(
                ", ", words.Select((word, i) => $"{word} under {_models[i]}")));
        }
    }

    // "linux-next refuses 1-3: a needed file in another session (GO2110)."
    private void WriteRefusals()
    {
        for (int model = 0; model < _models.Length; model++)
        {
            Dictionary<DiagnosticCode, List<int>> refused = [];
            for (int i = 0; i < _repairs.Repairs.Length; i++)
            {
                foreach (DiagnosticCode code in _repairs.Repairs[i].Verdicts[model].Codes)
                {
                    if (!refused.TryGetValue(code, out List<int>? numbers))
                    {
                        refused.Add(code, numbers = []);
                    }

                    numbers.Add(i + 1);
                }
            }

            foreach ((DiagnosticCode code, List<int> numbers) in refused)
            {
                string title = DiagnosticCatalogue.Find(code)?.Title ?? "";
                _lines.Wrapped(
                    NumberColumn,
                    $"{_models[model]} refuses {NumberRuns.Of([.. numbers], ", ")}: "
                    + $"{title} ({code.Text()}).");
            }
        }
    }

    private static string Word(PlanVerdict verdict) => verdict switch
    {
        PlanVerdict.Legal => "legal",
        PlanVerdict.Refused => "refused",
        _ => "illegal",
    };
}
