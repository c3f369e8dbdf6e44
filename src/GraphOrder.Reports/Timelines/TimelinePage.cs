using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// The whole picture from top to bottom: the verdict, the set, then the timeline or the closed walk, then
/// what has to be told in words.
/// </summary>
internal sealed class TimelinePage
{
    /// <summary>How wide a picture is.</summary>
    public const double Width = 1200;

    /// <summary>Where its text and bars begin.</summary>
    public const double Margin = 24;

    /// <summary>Where they end.</summary>
    public const double Right = Width - Margin;

    private const double Gap = 14;
    private const int TextColumns = 100;
    private const int SentenceColumns = 140;

    private readonly SvgWriter _svg;
    private readonly PlanPicture _picture;
    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly List<Diagnostic> _errors;
    private double _y = Margin;

    public TimelinePage(SvgWriter svg, PlanPicture picture)
    {
        _svg = svg;
        _picture = picture;
        _graph = picture.Graph;
        _names = new ReportNames(_graph);
        // What is mapped and not declared is the cause of whatever cycle it closes.
        _errors =
        [
            .. picture.Result.Diagnostics
                .Where(static diagnostic => diagnostic.IsError)
                .OrderBy(static error => error.Code != DiagnosticCode.MissingEdge),
        ];
    }

    /// <summary>How high it is, once it is drawn.</summary>
    public double Height => _y + Margin - 6;

    /// <summary>Its first sentence.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What it shows, for whoever cannot see it.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Draws it.</summary>
    public void Draw()
    {
        bool isLegal = _picture.Result.TryGetPlan(out Plan? plan);
        DrawVerdict(plan);
        DrawHeader(plan);
        if (isLegal)
        {
            DrawTimeline(plan!);
        }
        else
        {
            DrawRefusal();
        }
    }

    private void DrawVerdict(Plan? plan)
    {
        int columns = SvgFont.Title.ColumnsIn(Right - Margin);
        TextReportOptions options = _picture.Report with { Colour = true, Width = columns, IsCheck = false };
        (string[] lines, string tone) = CapturedLines.Verdict(columns, lines =>
        {
            if (plan is null)
            {
                VerdictLine.Refused(lines, _errors, VerdictSentence.Of(_errors[0]), options);
                return;
            }

            BindingPhases binding = new(_graph, plan.Waived);
            RefusedFiles refused = new(_graph, _picture.Kernels, plan.Diagnostics);
            VerdictLine.Legal(lines, _picture.Kernels, refused, binding, plan.Diagnostics, options);
        });
        Title = string.Join(' ', lines.Select(static line => line.Trim()));
        foreach (string line in lines)
        {
            Line(SvgFont.Title, line, tone);
        }

        _y += Gap / 2;
    }

    private void DrawHeader(Plan? plan) => Lines(lines =>
    {
        HeaderBlock header = new(lines, _graph);
        header.Set(_picture.Report.SetName, _picture.Result.Input);
        header.Line("kernel", KernelNames.Crossing(_picture.Kernels));
        string[] waived = plan is not null ? [.. plan.Waived] : [];
        header.Counts(new BindingPhases(_graph, waived));
    });

    private void DrawTimeline(Plan plan)
    {
        TimelineBody body = new(_svg, _picture, _graph, _names, plan);
        _y = body.Draw(Margin, Right, _y + Gap);
        Description = body.Description;
        _y += Gap / 2;
        foreach (string sentence in body.Sentences)
        {
            Lines(lines => lines.Wrapped(2, sentence), SentenceColumns);
        }

        if (body.IsTimed)
        {
            CallNames calls = new(_graph, plan, _names, new RunSteps(_graph, _picture.Kernels, plan));
            _y += Gap;
            Lines(lines => new BlackoutBlock(lines, _picture.Schedule!, calls.Of).Write());
        }
    }

    private void DrawRefusal()
    {
        int walk = _errors.FindIndex(static error => error.Cycle is not null);
        bool hasRepairs = !_picture.Repairs.Repairs.IsEmpty;
        DrawErrors(_errors[..Math.Max(0, walk)], hasRepairs);
        if (walk >= 0)
        {
            DrawWalk(_errors[walk], hasRepairs);
        }
        else if (_picture.Schedule is { } schedule)
        {
            DrawTimeline(schedule.Plan);
        }

        DrawErrors(_errors[(walk + 1)..], hasRepairs);
        if (hasRepairs || !_picture.Repairs.LegalModels.IsEmpty)
        {
            _y += Gap;
            Lines(lines => new RepairsBlock(lines, _graph, _picture.Repairs).Write());
        }

        if (Description.Length == 0)
        {
            Description = $"There is no order to show: {Plural.Of(_errors.Count, "problem")} in words.";
        }
    }

    private void DrawWalk(Diagnostic walk, bool hasRepairs)
    {
        WalkDrawing drawing = new(_svg, _graph, _names, walk, _picture.Report.SetName);
        _y = drawing.Draw(
            Margin, Right, _y + Gap, ErrorBlocks.HasOneKindOfCycle(_errors));
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"A closed walk of {walk.Cycle!.Steps.Length} steps ({walk.Code.Text()}): each must go before ")
            + "the next, and the last before the first.";
        _y += Gap / 2;
        Lines(lines => WalkText.Write(lines, _graph, _names, walk, hasRepairs));
    }

    private void DrawErrors(List<Diagnostic> errors, bool hasRepairs)
    {
        if (errors.Count > 0)
        {
            _y += Gap;
            bool isAlone = ErrorBlocks.HasOneKindOfCycle(_errors);
            Lines(lines => ErrorBlocks.Write(
                lines, _graph, _names, errors, _picture.Report.SetName, hasRepairs, isAlone));
        }
    }

    private void Lines(Action<ReportLines> write, int columns = TextColumns)
    {
        foreach (string line in CapturedLines.Of(columns, write))
        {
            Line(SvgFont.Body, line, "");
        }
    }

    private void Line(SvgFont font, string line, string kind)
    {
        _y += font.LineHeight;
        if (line.Length > 0)
        {
            _svg.Text(Margin, _y - 4, font, line, kind);
        }
    }
}
