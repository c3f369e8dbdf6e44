namespace GraphOrder.Reports;

/// <summary>Blocks of the text report, as the lines of a picture.</summary>
internal static class CapturedLines
{
    private const char Escape = '\e';

    /// <summary>The lines that a block writes, without empty ones at both ends.</summary>
    public static string[] Of(int width, Action<ReportLines> write)
    {
        StringWriter text = new();
        write(new ReportLines(text, width));
        return text.ToString().Trim('\n').Split('\n');
    }

    /// <summary>
    /// The lines of a verdict, and the class of its colour: what a terminal shows green, yellow or red.
    /// </summary>
    public static (string[] Lines, string Tone) Verdict(int width, Action<ReportLines> write)
    {
        string[] lines = Of(width, write);
        string first = lines[0];
        if (first.Length == 0 || first[0] != Escape)
        {
            return (lines, "");
        }

        int begin = first.IndexOf('m', StringComparison.Ordinal) + 1;
        int end = first.IndexOf(Escape, begin);
        int rest = first.IndexOf('m', end) + 1;
        string tone = first[..begin] switch
        {
            "\e[32m" => "ok",
            "\e[33m" => "warn",
            _ => "danger",
        };
        lines[0] = first[begin..end] + first[rest..];
        return (lines, tone);
    }
}
