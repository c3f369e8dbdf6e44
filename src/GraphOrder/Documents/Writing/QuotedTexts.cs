using System.Buffers;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Texts as canonical JSON (RFC 8785) writes them, with their quotes: those that come again and again, names
/// of members and kinds, are quoted once. Not thread-safe.
/// </summary>
internal sealed class QuotedTexts
{
    private const int EntryCount = 64;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
    [
        .. "\"\\"u8,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ]);

    private readonly QuotedText[] _entries = new QuotedText[EntryCount];

    /// <summary>A text; another one may take its place at the next call.</summary>
    public ref QuotedText Of(string text)
    {
        int place = text.Length == 0 ? 0 : (7 * text.Length) + text[0] + text[^1];
        ref QuotedText entry = ref _entries[place & (EntryCount - 1)];
        if (!ReferenceEquals(entry.Text, text))
        {
            entry = new QuotedText { Text = text, Utf8 = Quote(Encoding.UTF8.GetBytes(text)) };
        }

        return ref entry;
    }

    /// <summary>Whether a string cannot stand between quotes as it is.</summary>
    public static bool NeedsEscape(ReadOnlySpan<byte> utf8) => utf8.ContainsAny(Escaped);

    /// <summary>A string given in valid UTF-8, with its quotes.</summary>
    public static byte[] Quote(ReadOnlySpan<byte> utf8)
    {
        ArrayBufferWriter<byte> quoted = new(utf8.Length + 2);
        quoted.Write("\""u8);
        for (int escaped = utf8.IndexOfAny(Escaped); escaped >= 0; escaped = utf8.IndexOfAny(Escaped))
        {
            quoted.Write(utf8[..escaped]);
            Escape(quoted, utf8[escaped]);
            utf8 = utf8[(escaped + 1)..];
        }

        quoted.Write(utf8);
        quoted.Write("\""u8);
        return quoted.WrittenSpan.ToArray();
    }

    private static void Escape(ArrayBufferWriter<byte> quoted, byte value)
    {
        ReadOnlySpan<byte> shortEscape = value switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            _ => default,
        };
        quoted.Write(shortEscape.IsEmpty ? Encoding.ASCII.GetBytes($"\\u{value:x4}") : shortEscape);
    }

    /// <summary>A text and its bytes.</summary>
    public struct QuotedText
    {
        public string Text { get; init; }

        public byte[] Utf8 { get; init; }

        /// <summary>The name of a member behind which this one was seen to come in order.</summary>
        public string? Last { get; set; }
    }
}
