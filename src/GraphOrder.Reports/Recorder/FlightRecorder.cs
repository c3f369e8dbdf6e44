namespace GraphOrder.Reports;

/// <summary>
/// The flight recorder: one HTML file that shows a plan, or why there is none, from disk and without a
/// network. It opens on the verdict and on the failing walk or the longest blackout; from there one
/// searches, looks at one object and its neighbourhood, runs through the steps, and lays a second plan or a
/// journal beside it. Thread-safe.
/// </summary>
/// <remarks>
/// The page may run its own script and nothing else: its content security policy names the digest of that
/// script and allows no address. Names reach the page as data and are shown as text.
/// </remarks>
public static class FlightRecorder
{
    private const int LinesMax = 5000;

    /// <summary>Writes the page: UTF-8 text, equal for equal pictures.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What to show.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>
    /// O(V + E log E) time; about 150 bytes an object and 30 a dependency. Beyond 50,000 objects the page has the
    /// overview alone, and of a text of more than 5,000 lines the beginning.
    /// </remarks>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        RecorderPage.Write(
            output, PlainText.Id(picture.Report.SetName), TextOf(picture), RecorderWriter.Write(picture));
    }

    private static string TextOf(PlanPicture picture)
    {
        StringWriter text = new() { NewLine = "\n" };
        picture.WriteText(text);
        string whole = text.ToString();
        int end = 0;
        for (int line = 0; line < LinesMax && end >= 0; line++)
        {
            end = whole.IndexOf('\n', end) is var found and >= 0 ? found + 1 : -1;
        }

        return end < 0 || end == whole.Length ? whole : $"{whole[..end]}... the rest is left out here.\n";
    }
}
