using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Draws the rows of a timeline under their axis.</summary>
internal sealed class TimelineChart
{
    /// <summary>The height of a row.</summary>
    public const double RowHeight = 18;

    private const double GroupHeight = 24;
    private const double BarHeight = 12;
    private const double ThinHeight = 4;
    private const double BarWidthMin = 1.5;
    private const double Indent = 12;
    private const double Gap = 14;
    private const double Inset = 4;

    private readonly SvgWriter _svg;
    private readonly TimelineRows _rows;
    private readonly RowBars _bars;
    private readonly TimelineAxis _axis;
    private readonly double _left;
    private readonly double _labelEnd;
    private readonly Dictionary<(Phase Phase, string Name), double> _middles = [];

    public TimelineChart(
        SvgWriter svg, TimelineRows rows, RowBars bars, TimelineAxis axis, double left)
    {
        _svg = svg;
        _rows = rows;
        _bars = bars;
        _axis = axis;
        _left = left;
        _labelEnd = axis.X - Gap;
    }

    /// <summary>The width that the names of rows take, with the gap to the bars.</summary>
    public static double LabelWidth(IEnumerable<TimelineGroup> groups)
    {
        double widest = 0;
        foreach (TimelineGroup group in groups)
        {
            widest = Math.Max(widest, Width(0, group.Label, group.Detail));
            foreach (TimelineRow row in group.Rows)
            {
                widest = Math.Max(widest, Width(Indent, row.Label, row.Detail));
            }
        }

        return widest + Gap;

        static double Width(double indent, string label, string detail) => indent
            + SvgFont.Body.WidthOf(label)
            + (detail.Length > 0 ? Gap + SvgFont.Small.WidthOf(detail) : 0);
    }

    /// <summary>The height of all rows.</summary>
    public double Height => _rows.Groups.Sum(
        static group => GroupHeight + RowHeight * group.Rows.Count + Inset);

    /// <summary>Draws the groups from a line down.</summary>
    /// <param name="y">The line.</param>
    /// <param name="blackoutOf">What is told of the blackout of a group; null for none.</param>
    /// <returns>The line below them.</returns>
    public double Draw(double y, Func<TimelineGroup, PausedBand?> blackoutOf)
    {
        foreach (TimelineGroup group in _rows.Groups)
        {
            double height = GroupHeight + RowHeight * group.Rows.Count;
            int objects = group.Rows.Sum(static row => row.ObjectCount);
            _svg.Open(
                "g",
                ("class", "session"),
                ("data-sessions", group.Sessions.Count.ToString(CultureInfo.InvariantCulture)),
                ("data-objects", objects.ToString(CultureInfo.InvariantCulture)));
            _svg.Line(_left, y, _axis.EndX, y, "grid");
            if (blackoutOf(group) is { } band)
            {
                DrawBand(band, y, height);
            }

            double baseline = y + GroupHeight - 8;
            _svg.Text(_left, baseline, SvgFont.Body, group.Label, "strong", title: group.Title);
            DrawDetail(group.Detail, baseline);
            double top = y + GroupHeight;
            foreach (TimelineRow row in group.Rows)
            {
                DrawRow(row, top);
                top += RowHeight;
            }

            _svg.Close("g");
            y += height + Inset;
        }

        return y;
    }

    /// <summary>Joins the calls of the longest path that have a row, one below the other.</summary>
    public void DrawLinks(Schedule schedule)
    {
        ChainLink? before = null;
        foreach (ChainLink link in schedule.LongestChain)
        {
            if (before is { Call: var first } && MiddleOf(schedule, first) is { } from
                && MiddleOf(schedule, link.Call) is { } to && from != to)
            {
                double x1 = _axis.At(first.Phase, first.StartMicroseconds + first.Microseconds);
                double x2 = _axis.At(link.Call.Phase, link.Call.StartMicroseconds);
                string turn = Math.Abs(x1 - x2) < 0.01 ? "" : $"H{SvgWriter.Number(x2)}";
                _svg.Path(
                    $"M{SvgWriter.Number(x1)} {SvgWriter.Number(from)}{turn}V{SvgWriter.Number(to)}", "link");
            }

            before = link;
        }
    }

    private double? MiddleOf(Schedule schedule, ScheduledCall call)
    {
        if (call.Phase is not { } phase || call.StepCount != 1)
        {
            return null;
        }

        PlanStep step = schedule.Plan[phase][call.FirstStep];
        string name = step.ObjectName ?? step.ActName ?? $"{SessionSet.SessionPrefix}{step.Session?.Text}";
        return _middles.TryGetValue((phase, name), out double middle) ? middle : null;
    }

    private void DrawDetail(string detail, double baseline)
    {
        if (detail.Length > 0)
        {
            _svg.Text(_labelEnd, baseline, SvgFont.Small, detail, "muted", "end");
        }
    }

    private void DrawBand(PausedBand band, double y, double height)
    {
        double x = _axis.At(AxisPhase(band.Pause), band.Span.Start);
        double end = _axis.At(AxisPhase(band.Resume), band.Span.End);
        _svg.Rect(new SvgBox(x, y + 1, end - x, height - 1), "paused", band.Title);
        double width = SvgFont.Small.WidthOf(band.Label);
        double start = Math.Max(_axis.X, Math.Min(x + Inset, _axis.EndX - width - Inset));
        _svg.Text(start, y + GroupHeight - 8, SvgFont.Small, band.Label, "strong halo", title: band.Title);
    }

    private void DrawRow(TimelineRow row, double top)
    {
        double baseline = top + RowHeight - 5;
        _svg.Open(
            "g",
            ("class", "row"),
            ("data-objects", row.ObjectCount.ToString(CultureInfo.InvariantCulture)));
        _svg.Text(_left + Indent, baseline, SvgFont.Body, row.Label, title: row.Title);
        DrawDetail(row.Detail, baseline);
        List<RowBar> bars = _bars.Of(row);
        List<SvgBox> boxes = [];
        foreach (RowBar bar in bars)
        {
            bool isThin = bar.IsMany && row.ShowsFirst;
            double x = _axis.At(AxisPhase(bar.Phase), bar.Span.Start);
            double width = Math.Max(BarWidthMin, _axis.At(AxisPhase(bar.Phase), bar.Span.End) - x);
            SvgBox box = isThin
                ? new SvgBox(x, top + RowHeight - ThinHeight - 1, width, ThinHeight)
                : new SvgBox(x, top + 3, width, BarHeight);
            string kind = $"{bar.Kind}{(bar.IsMany ? " many" : "")}{(bar.IsOnChain ? " chain" : "")}"
                + (bar.IsDone ? " done" : "");
            _svg.Rect(box, kind, bar.Title);
            boxes.Add(box);
            if (row.Members.Count > 0 && row.ShowsFirst)
            {
                _middles[(bar.Phase, _bars.IdOf(row.Members[0]))] = top + 3 + BarHeight / 2;
            }
            else if (row.Sessions.Count > 0)
            {
                _middles[(bar.Phase, _bars.IdOf(row.Sessions[0]))] = top + 3 + BarHeight / 2;
            }
        }

        DrawLabels(bars, boxes, baseline);
        _svg.Close("g");
    }

    // Inside where it fits; else to the right or the left, where nothing else stands.
    private void DrawLabels(List<RowBar> bars, List<SvgBox> boxes, double baseline)
    {
        List<(double Start, double End)> taken = [(_axis.Kexec.X, _axis.Kexec.X)];
        foreach (SvgBox box in boxes)
        {
            if (box.Height >= BarHeight)
            {
                taken.Add((box.X, box.EndX));
            }
        }

        for (int i = 0; i < bars.Count; i++)
        {
            string label = bars[i].Label;
            double width = SvgFont.Small.WidthOf(label);
            if (width == 0)
            {
                continue;
            }

            if (boxes[i].Width >= width + 2)
            {
                double middle = boxes[i].X + boxes[i].Width / 2;
                string kind = bars[i].IsMany || bars[i].IsDone ? "halo" : "on";
                _svg.Text(middle, baseline - 1, SvgFont.Small, label, kind, "middle");
                continue;
            }

            double right = boxes[i].EndX + Inset;
            double left = boxes[i].X - Inset - width;
            double? start = IsFree(taken, right, right + width) ? right
                : IsFree(taken, left, left + width) ? left
                : null;
            if (start is { } free)
            {
                _svg.Text(free, baseline - 1, SvgFont.Small, label, "halo");
                taken.Add((free, free + width));
            }
        }
    }

    private bool IsFree(List<(double Start, double End)> taken, double start, double end)
    {
        bool isFree = start >= _axis.X && end <= _axis.EndX;
        foreach ((double Start, double End) other in taken)
        {
            isFree &= other.End < start || other.Start > end;
        }

        return isFree;
    }

    private Phase? AxisPhase(Phase phase) => phase == Phase.Freeze && !_axis.IsTimed ? null : phase;
}
