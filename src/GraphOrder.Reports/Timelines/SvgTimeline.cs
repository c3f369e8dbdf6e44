namespace GraphOrder.Reports;

/// <summary>
/// A plan as a timeline in SVG: rows are objects, grouped by session, and bars are the phases that move them,
/// in times where the set says them and else in steps. A refusal is the closed walk that causes it. One file
/// that needs no other: real text, readable in light and dark and on paper. Thread-safe.
/// </summary>
public static class SvgTimeline
{
    /// <summary>Writes the picture; the same picture gives the same bytes.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What is shown.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>
    /// O(V + E log E) time and O(V) space. 1,200 pixels wide; at most some 120 rows, and what no longer has a
    /// row of its own is counted in one.
    /// </remarks>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        StringWriter body = new() { NewLine = "\n" };
        TimelinePage page = new(new SvgWriter(body), picture);
        page.Draw();
        SvgWriter svg = new(output);
        svg.Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", SvgWriter.Number(TimelinePage.Width)),
            ("height", SvgWriter.Number(page.Height)),
            ("viewBox", $"0 0 {SvgWriter.Number(TimelinePage.Width)} {SvgWriter.Number(page.Height)}"),
            ("xml:space", "preserve"),
            ("role", "img"),
            ("aria-labelledby", "timeline-title timeline-desc"));
        svg.Element("title", page.Title, ("id", "timeline-title"));
        svg.Element("desc", page.Description, ("id", "timeline-desc"));
        SvgStyle.Write(svg);
        svg.Rect(new SvgBox(0, 0, TimelinePage.Width, page.Height), "paper");
        output.Write(body.GetStringBuilder());
        svg.Close("svg");
    }
}
