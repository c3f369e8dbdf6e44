namespace GraphOrder;

/// <summary>Knows by their beginning the texts that people give for a session set. Thread-safe.</summary>
internal static class ForeignText
{
    /// <summary>What to do about a text that ends too early.</summary>
    public const string HintOfCut = "Check that what wrote it ran to its end, and fetch it again";

    // Our own DOT begins with a comment of one line.
    private const int HeadBytes = 1 << 12;

    /// <summary>
    /// What a text that is no JSON looks like, and the command that reads it, without a full stop; null where
    /// it looks like nothing that is known.
    /// </summary>
    /// <param name="text">Its beginning in UTF-8.</param>
    public static string? HintOf(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> head = HeadOf(text);
        return head.StartsWith("<"u8) && head.IndexOf("<graphml"u8) >= 0
                ? "This looks like GraphML: use graph-order import graphml"
            : IsDot(head) ? "This looks like DOT: use graph-order import dot"
            : null;
    }

    /// <summary>The same of a text that is no graph either.</summary>
    /// <param name="text">Its beginning in UTF-8.</param>
    public static string? HintOfNoGraph(ReadOnlySpan<byte> text) => HeadOf(text).StartsWith("{"u8)
        ? "This looks like JSON: a session set needs no import, graph-order plan reads it"
        : HintOf(text);

    private static ReadOnlySpan<byte> HeadOf(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, HeadBytes)];
        return (head.StartsWith(mark) ? head[mark.Length..] : head).TrimStart(" \t\r\n"u8);
    }

    private static bool IsDot(ReadOnlySpan<byte> head)
    {
        while (head.StartsWith("//"u8) || head.StartsWith("#"u8))
        {
            int end = head.IndexOf((byte)'\n');
            head = end < 0 ? [] : head[end..].TrimStart(" \t\r\n"u8);
        }

        return head.StartsWith("digraph"u8) || head.StartsWith("strict digraph"u8);
    }
}
