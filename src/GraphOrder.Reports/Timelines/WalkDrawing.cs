using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Draws a closed walk as a column of boxes: each must go before the next, for the reason on the arrow, and
/// one more arrow leads from the last back to the first.
/// </summary>
internal sealed class WalkDrawing
{
    private const int StepsMax = 16;
    private const int NameColumns = 44;
    private const double BoxHeight = 30;
    private const double BoxWidthMin = 160;
    private const double Lane = 34;
    private const double Inset = 10;
    private const double ReasonIndent = 40;
    private const double TipSize = 5;

    private readonly SvgWriter _svg;
    private readonly DependencyGraph _graph;
    private readonly DependencyCycle _cycle;
    private readonly CycleMovers _movers;
    private readonly Diagnostic _diagnostic;
    private readonly string _setName;

    public WalkDrawing(
        SvgWriter svg, DependencyGraph graph, ReportNames names, Diagnostic diagnostic, string setName)
    {
        _svg = svg;
        _graph = graph;
        _diagnostic = diagnostic;
        _cycle = diagnostic.Cycle!;
        _movers = new CycleMovers(graph, names, diagnostic);
        _setName = setName;
    }

    /// <summary>Draws it between two edges, from a line down.</summary>
    /// <param name="left">The left edge.</param>
    /// <param name="right">The right edge.</param>
    /// <param name="y">The line.</param>
    /// <param name="isAlone">Whether no other kind of cycle was found.</param>
    /// <returns>The line below it.</returns>
    public double Draw(double left, double right, double y, bool isAlone)
    {
        int count = _cycle.Steps.Length;
        int[] shown = count <= StepsMax
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, StepsMax / 2), .. Enumerable.Range(count - StepsMax / 2, StepsMax / 2)];
        double width = Math.Max(BoxWidthMin, shown.Max(i => SvgFont.Body.WidthOf(NameOf(i))) + 2 * Inset);
        double x = left + Lane;
        string code = _diagnostic.Code.Text();
        y += SvgFont.Body.LineHeight;
        _svg.Text(left, y - 4, SvgFont.Body, $"{code}  {_movers.Kind(isAlone)}", "strong");
        y += Inset;
        double first = y;
        for (int place = 0; place < shown.Length; place++)
        {
            int step = shown[place];
            DrawBox(step, new SvgBox(x, y, width, BoxHeight));
            y += BoxHeight;
            bool isFolded = place + 1 < shown.Length && shown[place + 1] != step + 1;
            string[] reasons = ReasonsOf(step, right - x - ReasonIndent);
            if (place + 1 < shown.Length)
            {
                y = DrawArrow(x, y, reasons);
                y = isFolded ? DrawFold(x, y, width, shown[place + 1] - step - 1) : y;
            }
            else
            {
                y = DrawReturn(x, first, y, reasons);
            }
        }

        return y;
    }

    private string NameOf(int step) => SvgFont.Elided(_movers.First(step), NameColumns);

    private void DrawBox(int step, SvgBox box)
    {
        _svg.Rect(box, "card", $"{step + 1}. {_movers.First(step)}");
        _svg.Text(box.X + Inset, box.Y + BoxHeight / 2 + 4, SvgFont.Body, NameOf(step), "strong");
    }

    // The reasons stand right of the arrow that they are the reasons of.
    private double DrawArrow(double x, double y, string[] reasons)
    {
        double line = x + ReasonIndent / 2;
        double end = y + reasons.Length * SvgFont.Body.LineHeight + Inset;
        _svg.Line(line, y, line, end - TipSize, "flow");
        DrawTip(line, end, "tip");
        DrawReasons(x, y, reasons);
        return end;
    }

    private void DrawReasons(double x, double y, string[] reasons)
    {
        for (int i = 0; i < reasons.Length; i++)
        {
            double baseline = y + (i + 1) * SvgFont.Body.LineHeight;
            _svg.Text(x + ReasonIndent, baseline, SvgFont.Body, reasons[i], i == 0 ? "" : "muted");
        }
    }

    private double DrawFold(double x, double y, double width, int steps)
    {
        string more = Plural.Of(steps, "more step");
        string words = $"... {more} of the same walk; --format json has them all ...";
        SvgBox box = new(x, y, Math.Max(width, SvgFont.Body.WidthOf(words) + 2 * Inset), BoxHeight);
        _svg.Rect(box, "card", words);
        _svg.Text(x + Inset, y + BoxHeight / 2 + 4, SvgFont.Body, words, "muted");
        return DrawArrow(x, y + BoxHeight, []);
    }

    // From the last box past its reasons and round the left side to the first one.
    private double DrawReturn(double x, double first, double y, string[] reasons)
    {
        double lane = x - Lane + Inset;
        double end = y + reasons.Length * SvgFont.Body.LineHeight + Inset;
        double to = first + BoxHeight / 2;
        string n(double value) => SvgWriter.Number(value);
        _svg.Path(
            $"M{n(x + ReasonIndent / 2)} {n(y)}V{n(end)}H{n(lane)}V{n(to)}H{n(x - TipSize)}",
            "back",
            "back to the first");
        _svg.Path($"M{n(x)} {n(to)}l{n(-2 * TipSize)} {n(-TipSize)}v{n(2 * TipSize)}Z", "tip");
        DrawReasons(x, y, reasons);
        return end + Inset;
    }

    private void DrawTip(double x, double y, string kind)
    {
        string n(double value) => SvgWriter.Number(value);
        _svg.Path($"M{n(x)} {n(y)}l{n(-TipSize)} {n(-2 * TipSize)}h{n(2 * TipSize)}Z", kind);
    }

    // Who goes before whom, the dependency that says so, and who declared it where.
    private string[] ReasonsOf(int index, double width)
    {
        CycleStep step = _cycle.Steps[index];
        int columns = SvgFont.Body.ColumnsIn(width);
        bool isLast = index + 1 == _cycle.Steps.Length;
        string then = isLast ? $"{_movers.Then(index)}, the first again" : _movers.Then(index);
        string order = $"{step.Phase.Name()}: {_movers.Participle(index)}before {then}";
        return CapturedLines.Of(columns, lines =>
        {
            if (step.Rule == CycleRule.FixedBeginning)
            {
                lines.Wrapped(0, $"{order}: the kernel has it so already");
                return;
            }

            lines.Wrapped(0, $"{order}, since");
            string place = step.Location.IsKnown
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"   {SvgFont.Elided(PlainText.Whole(_setName), NameColumns)}:{step.Location.Line}")
                : "";
            string dependent = SvgFont.Elided(PlainText.Id(step.Dependent), NameColumns);
            string on = SvgFont.Elided(PlainText.Id(step.On), NameColumns);
            lines.Wrapped(2, $"{dependent} needs {on}{place}");
            lines.Wrapped(2, CycleDeclarers.Of(_graph, step));
        });
    }
}
