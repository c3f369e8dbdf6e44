using System.Text;

namespace GraphOrder.Cli;

/// <summary>What bash puts in place of a word, so that the program gets the value.</summary>
internal static class BashWord
{
    private const string Harmless = "_-./:,@%+=^";

    /// <summary>The rest of a value as it is written at the cursor; null where that cannot be.</summary>
    /// <param name="value">The whole value.</param>
    /// <param name="kept">How many of its characters stay as they are in the line.</param>
    /// <param name="openQuote">The quotation mark that is open; NUL for none.</param>
    public static string? Of(string value, int kept, char openQuote)
    {
        // Between double quotes bash takes it for its history, whatever stands in front; and a quotation that
        // ends with its own mark counts as closed.
        bool isHistory = openQuote == '"' && value.Contains('!', StringComparison.Ordinal);
        if (isHistory || (openQuote != '\0' && value.EndsWith(openQuote)))
        {
            return null;
        }

        StringBuilder written = new();
        for (int i = kept; i < value.Length; i++)
        {
            char next = value[i];
            _ = openQuote switch
            {
                '\'' when next == '\'' => written.Append("'\\''"),
                '\'' => written.Append(next),
                '"' => written.Append("\\\"$`".Contains(next, StringComparison.Ordinal) ? "\\" : "")
                    .Append(next),
                _ => written.Append(IsHarmless(next) ? "" : "\\").Append(next),
            };
        }

        return written.ToString();
    }

    private static bool IsHarmless(char character) =>
        char.IsAsciiLetterOrDigit(character) || character > '~'
        || Harmless.Contains(character, StringComparison.Ordinal);
}
