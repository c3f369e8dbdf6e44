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
    /// <summary>Writes the page: UTF-8 text, equal for equal pictures.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What to show.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>O(V + E log E) time; about 150 bytes an object and 30 a dependency.</remarks>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        StringWriter text = new() { NewLine = "\n" };
        picture.WriteText(text);
        RecorderPage.Write(
            output, PlainText.Id(picture.Report.SetName), text.ToString(), RecorderWriter.Write(picture));
    }
}
