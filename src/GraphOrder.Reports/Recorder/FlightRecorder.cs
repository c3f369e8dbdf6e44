using System.Buffers;

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
    /// O(V + E log E) time; about 150 bytes an object and 30 a dependency. Beyond 50,000 objects the page
    /// has the overview alone, and of a text of more than 5,000 lines the beginning.
    /// </remarks>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        RecorderPage.Write(
            output, PlainText.Whole(picture.Report.SetName), TextOf(picture), RecorderWriter.Write(picture));
    }

    /// <summary>
    /// Writes the page of the second of two plans, with what changed from the first one: it opens on the
    /// difference.
    /// </summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="second">The second plan, or why there is none.</param>
    /// <param name="difference">What changed.</param>
    /// <param name="options">What the report on the difference is told.</param>
    public static void WriteDiff(
        TextWriter output, PlanPicture second, PlanDifference difference, DiffTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(options);
        RecorderPage.Write(
            output,
            PlainText.Whole(second.Report.SetName),
            TextOf(second),
            RecorderWriter.Write(second, json => RecorderDifference.Write(json, difference, options)));
    }

    /// <summary>
    /// Writes the page of an update that runs or ran: what <c>status</c> says, and the journal beside the
    /// plan. It opens on the first deviation.
    /// </summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="plan">The plan that is run.</param>
    /// <param name="status">What <c>status</c> says as text; its first lines are the verdict.</param>
    /// <param name="isGood">Whether that is good news.</param>
    /// <param name="journal">The journal, as far as it is whole: <c>graphorder/journal/1</c>.</param>
    public static void WriteStatus(
        TextWriter output, PlanPicture plan, string status, bool isGood, string journal)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(journal);
        ReadOnlySequence<byte> data = RecorderWriter.Write(plan, json =>
        {
            json.WriteBoolean("good", isGood);
            json.WriteString("journal", journal);
        });
        RecorderPage.Write(output, PlainText.Whole(plan.Report.SetName), status, data);
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
