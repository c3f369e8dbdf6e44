using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>The words of a command line: ended by NUL, as /proc has them, or as a shell reads them.</summary>
internal static class QemuWords
{
    /// <summary>Splits a command line, O(length).</summary>
    /// <exception cref="ImportException">A quote is not ended.</exception>
    public static List<string> Split(string source, ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\0', StringComparison.Ordinal)
            ? [.. text.TrimEnd('\0', '\n').Split('\0')]
            : Shell(source, text);
    }

    private static List<string> Shell(string source, string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isOpen = false;
        char quote = '\0';
        int line = 1;
        int quoteLine = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char found = text[i];
            line += found == '\n' ? 1 : 0;
            if (found == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                char next = text[++i];
                line += next == '\n' ? 1 : 0;
                bool isKept = quote == '"' && next is not ('"' or '\\' or '$' or '`' or '\n');
                word.Append(isKept ? "\\" : "").Append(next == '\n' ? "" : next.ToString());
                isOpen |= next != '\n';
            }
            else if (quote != '\0' ? found == quote : found is '\'' or '"')
            {
                quote = quote == '\0' ? found : '\0';
                quoteLine = line;
                isOpen = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(found))
            {
                if (isOpen)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isOpen = false;
            }
            else
            {
                word.Append(found);
                isOpen = true;
            }
        }

        if (quote != '\0')
        {
            throw ImportException.Unexpected(
                source, new(quoteLine, 1), $"a quote {quote} without its end", $"another {quote}");
        }

        if (isOpen)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
