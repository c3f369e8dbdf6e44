using System.Globalization;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Makes text from a document safe for a terminal: no line ends, no escapes, no change of direction.
/// Thread-safe.
/// </summary>
public static class Printable
{
    /// <summary>
    /// The text with everything that is not a printable ASCII character written as an escape.
    /// </summary>
    public static string Of(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0x20 and < 0x7F)
            {
                safe.Append((char)rune.Value);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return safe.ToString();
    }
}
