using System.Text;

namespace GraphOrder.Reports;

/// <summary>Texts as the language of Graphviz takes them.</summary>
internal static class DotText
{
    private const int PieceMax = 4_000;

    /// <summary>An id, or a value that Graphviz does not know: it comes back as it was.</summary>
    public static string Exact(string text) => Quoted(MarkupName.Escape(text, escapesBackslash: true));

    /// <summary>Printable text of a label or a tooltip, in which a backslash would begin an escape.</summary>
    public static string Lines(params IEnumerable<string> lines) => Quoted(
        string.Join("\\n", lines.Select(
            static line => line.Replace("\\", "\\\\", StringComparison.Ordinal))));

    /// <summary>Printable text inside a label of the HTML kind.</summary>
    public static string Markup(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (char character in text)
        {
            _ = character switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                _ => safe.Append(character),
            };
        }

        return safe.ToString();
    }

    // Graphviz takes at most 16 KiB between two quotes; longer strings are joined of several.
    private static string Quoted(string text)
    {
        string escaped = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        if (escaped.Length <= PieceMax)
        {
            return $"\"{escaped}\"";
        }

        StringBuilder joined = new(escaped.Length + 64);
        for (int at = 0; at < escaped.Length;)
        {
            int length = Math.Min(PieceMax, escaped.Length - at);
            while (at + length < escaped.Length && length > 1
                && (escaped[at + length - 1] == '\\' || char.IsHighSurrogate(escaped[at + length - 1])))
            {
                length--;
            }

            joined.Append(at == 0 ? "\"" : " + \"").Append(escaped, at, length).Append('"');
            at += length;
        }

        return joined.ToString();
    }
}
