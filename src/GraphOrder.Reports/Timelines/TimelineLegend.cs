namespace GraphOrder.Reports;

/// <summary>What the colours and marks mean.</summary>
internal static class TimelineLegend
{
    private const double SwatchWidth = 20;
    private const double Gap = 18;

    /// <summary>Draws the legend from a line down.</summary>
    /// <returns>The line below it.</returns>
    public static double Draw(
        SvgWriter svg,
        double left,
        double right,
        double y,
        IReadOnlyList<(string Kind, string Words)> entries)
    {
        double x = left;
        double line = y + 14;
        foreach ((string kind, string words) in entries)
        {
            double width = SwatchWidth + 6 + SvgFont.Small.WidthOf(words);
            if (x + width > right && x > left)
            {
                x = left;
                line += 18;
            }

            if (kind == "kexec")
            {
                svg.Line(x + SwatchWidth / 2, line - 11, x + SwatchWidth / 2, line + 1, kind);
            }
            else
            {
                svg.Rect(new SvgBox(x, line - 9, SwatchWidth, 9), kind);
            }

            svg.Text(x + SwatchWidth + 6, line, SvgFont.Small, words);
            x += width + Gap;
        }

        return line + 6;
    }
}
