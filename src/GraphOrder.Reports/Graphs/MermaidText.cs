using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>Printable text as Mermaid takes it between quotation marks.</summary>
internal static class MermaidText
{
    // Everything else may begin an entity, a directive, markup, an icon or a formula somewhere in Mermaid.
    private const string Harmless = " ,/-_.()=";

    /// <summary>
    /// A label: what may mean something is written as an entity, and so is what may begin a list.
    /// </summary>
    public static string Of(string text)
    {
        StringBuilder safe = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            bool isHarmless = char.IsAsciiLetterOrDigit(character)
                || (Harmless.Contains(character, StringComparison.Ordinal) && !BeginsList(text, i));
            _ = isHarmless ? safe.Append(character)
                : character == '"' ? safe.Append("#quot;")
                : safe.Append(CultureInfo.InvariantCulture, $"#{(int)character};");
        }

        return safe.ToString();
    }

    /// <summary>A label of several lines.</summary>
    public static string Lines(params IEnumerable<string> lines) => string.Join("<br/>", lines.Select(Of));

    // "1. finish" and "- a" would be lists of Markdown.
    private static bool BeginsList(string text, int at) =>
        text[at] is '.' or '-' && (at == 0 || text.AsSpan(0, at).IndexOfAnyExceptInRange('0', '9') < 0);
}
