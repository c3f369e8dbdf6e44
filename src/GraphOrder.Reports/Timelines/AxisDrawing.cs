using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Draws the head of a timeline: the two kernels, the parts of the axis, and ticks.</summary>
internal static class AxisDrawing
{
    /// <summary>The height of the head.</summary>
    public const double Height = 66;

    private const double KernelLine = 12;
    private const double NameLine = 30;
    private const double LengthLine = 43;
    private const double TickLine = 57;
    private const double TickGap = 10;
    private const double Inset = 4;
    private const int KernelColumns = 14;
    private const long Second = 1_000_000;

    /// <summary>Draws the head at a line, and what goes through all rows down to another.</summary>
    public static void Draw(SvgWriter svg, TimelineAxis axis, KernelPair kernels, double y, double bottom)
    {
        double top = y + NameLine - 12;
        AxisPart kexec = axis.Kexec;
        if (kexec.Width > 0)
        {
            string length = axis.IsTimed ? $": {Milliseconds.Of(kexec.Length)}" : $": step {kexec.To}";
            svg.Rect(new SvgBox(kexec.X, top, kexec.Width, bottom - top), "jump", $"kexec{length}");
        }

        string old = "OLD KERNEL " + SvgFont.Elided(PlainText.Sentence(kernels.Old.Release), KernelColumns);
        string next = "NEW KERNEL " + SvgFont.Elided(PlainText.Sentence(kernels.Next.Release), KernelColumns);
        double end = Math.Max(kexec.X - Inset, TimelinePage.Margin + SvgFont.Small.WidthOf(old));
        double begin = Math.Min(
            Math.Max(kexec.EndX, end) + Inset, TimelinePage.Right - SvgFont.Small.WidthOf(next));
        svg.Text(end, y + KernelLine, SvgFont.Small, old, "muted strong", "end");
        svg.Text(begin, y + KernelLine, SvgFont.Small, next, "muted strong");
        for (int i = 0; i < axis.Parts.Count; i++)
        {
            bool isFirst = i == 0 || axis.Parts[i - 1].Phase != axis.Parts[i].Phase;
            bool isBroken = axis.IsTimed && axis.IsBroken && i > 0;
            DrawPart(svg, axis, axis.Parts[i], y, bottom, isFirst, isBroken);
        }

        svg.Line(axis.X, y + Height - 4, axis.EndX, y + Height - 4, "edge");
        svg.Line(kexec.X, top, kexec.X, bottom, "kexec");
        svg.Line(kexec.EndX, top, kexec.EndX, bottom, "edge");
    }

    /// <summary>A round distance of at least so much: 1, 2 or 5 times a power of ten.</summary>
    public static long Round(double least)
    {
        long round = 1;
        while (round < least)
        {
            string digits = round.ToString(CultureInfo.InvariantCulture);
            round = digits[0] == '2' ? round / 2 * 5 : round * 2;
        }

        return round;
    }

    private static void DrawPart(
        SvgWriter svg, TimelineAxis axis, AxisPart part, double y, double bottom, bool isFirst, bool isBroken)
    {
        svg.Open(
            "g",
            ("class", "part"),
            ("data-phase", part.Name),
            ("data-from", part.From.ToString(CultureInfo.InvariantCulture)),
            ("data-to", part.To.ToString(CultureInfo.InvariantCulture)),
            ("data-x", SvgWriter.Number(part.X)),
            ("data-width", SvgWriter.Number(part.Width)));
        svg.Line(part.X, y + NameLine - 10, part.X, bottom, isBroken ? "break" : "grid");
        string length = axis.IsTimed
            ? Durations.Of(part.Length)
            : Plural.Of((int)part.Length, "step");
        string exact = axis.IsTimed
            ? $"{part.Name}: from {Milliseconds.Of(part.From)} to {Milliseconds.Of(part.To)}"
            : $"{part.Name}: steps {part.From + 1} to {part.To}";
        if (isFirst)
        {
            svg.Text(part.X + Inset, y + NameLine, SvgFont.Small, part.Name, "strong", title: exact);
        }

        svg.Text(part.X + Inset, y + LengthLine, SvgFont.Small, length, "muted", title: exact);
        DrawTicks(svg, axis, part, y);
        if (isBroken)
        {
            double line = y + Height - 4;
            svg.Path(
                $"M{SvgWriter.Number(part.X - 6)} {SvgWriter.Number(line + 5)}l4 -10l4 10l4 -10",
                "edge zigzag",
                "the axis is broken: another scale begins here");
        }

        svg.Close("g");
    }

    private static void DrawTicks(SvgWriter svg, TimelineAxis axis, AxisPart part, double y)
    {
        if (part.Length == 0)
        {
            return;
        }

        double widest = SvgFont.Small.WidthOf(Tick(axis, part.To)) + TickGap;
        long distance = Round(Math.Max(1, widest / part.Scale));
        double middle = axis.IsTimed ? 0 : -0.5;
        double taken = part.X + 1;
        for (long at = (part.From + distance - 1) / distance * distance; at <= part.To; at += distance)
        {
            string text = Tick(axis, at);
            double width = SvgFont.Small.WidthOf(text);
            double x = part.X + (at - part.From + middle) * part.Scale;
            if (x < part.X)
            {
                continue;
            }

            svg.Line(x, y + Height - 8, x, y + Height - 4, "edge");
            if (x - width / 2 >= taken && x + width / 2 <= part.EndX - 1)
            {
                svg.Text(x, y + TickLine, SvgFont.Small, text, "muted", "middle");
                taken = x + width / 2 + Inset;
            }
        }
    }

    private static string Tick(TimelineAxis axis, long at) =>
        !axis.IsTimed ? at.ToString(CultureInfo.InvariantCulture)
        : at >= 10 * Second && at % (Second / 10) == 0
            ? (at / (decimal)Second).ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : Milliseconds.Of(at);
}
