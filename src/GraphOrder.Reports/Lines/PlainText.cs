using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Text of the user's own as printable ASCII. An id with a line break, an escape sequence or a letter that
/// runs backwards cannot make a line or a colour that is not there.
/// </summary>
internal static class PlainText
{
    /// <summary>
    /// An id or a name: quoted where it has a space or a quotation mark, so that it stays one thing. One that
    /// nobody reads to its end loses its middle.
    /// </summary>
    public static string Id(string id) => Whole(ShownName.Of(id));

    /// <summary>The same of any length: a path, or what is compared.</summary>
    public static string Whole(string id)
    {
        bool isQuoted = id.Length == 0 || id.AsSpan().ContainsAny(' ', '"');
        string escaped = Escaped(id, escapesBackslash: true, escapesQuote: isQuoted);
        return isQuoted ? $"\"{escaped}\"" : escaped;
    }

    /// <summary>Words of the user's own, between quotation marks.</summary>
    public static string Quoted(string words) =>
        $"\"{Escaped(words, escapesBackslash: true, escapesQuote: true)}\"";

    /// <summary>A sentence that was made elsewhere: what is printable stays as it is.</summary>
    public static string Sentence(string sentence) =>
        Escaped(sentence, escapesBackslash: false, escapesQuote: false);

    private static string Escaped(string text, bool escapesBackslash, bool escapesQuote)
    {
        bool isPlain = true;
        foreach (char character in text)
        {
            isPlain &= character is >= ' ' and <= '~'
                && !(escapesBackslash && character == '\\')
                && !(escapesQuote && character == '"');
        }

        if (isPlain)
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                '\\' when escapesBackslash => escaped.Append("\\\\"),
                '"' when escapesQuote => escaped.Append("\\\""),
                < ' ' or 0x7f => escaped.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                > '~' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
                _ => escaped.Append((char)rune.Value),
            };
        }

        return escaped.ToString();
    }
}
