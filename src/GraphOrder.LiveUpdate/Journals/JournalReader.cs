using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads <c>graphorder/journal/1</c>. A last record that is not whole is left out; anything else that is
/// wrong is damage, and nobody should act on it. Time and memory are linear in the bytes. Thread-safe.
/// </summary>
public static class JournalReader
{
    /// <summary>The longest journal that is read.</summary>
    public const long BytesMax = MemoryJournalStore.BytesMax;

    /// <summary>Reads a journal from disk.</summary>
    /// <exception cref="JournalException">It is none, or it is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Journal ReadFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length > BytesMax)
        {
            throw new JournalException($"has {file.Length} bytes; at most {BytesMax} are read");
        }

        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Read(bytes);
    }

    /// <summary>Reads a journal; it ends at the first zero byte.</summary>
    /// <exception cref="JournalException">It is none, or it is damaged.</exception>
    public static Journal Read(ReadOnlySpan<byte> bytes)
    {
        int zero = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> rest = zero < 0 ? bytes : bytes[..zero];
        DemandJournal(rest);
        if (zero >= 0 && bytes[zero..].ContainsAnyExcept((byte)0))
        {
            throw new JournalException($"is damaged: there is more behind the zero at byte {zero}");
        }

        PendingJournal pending = new();
        uint sum = 0;
        int line = 0;
        long whole = 0;
        bool isTorn = false;
        while (!rest.IsEmpty)
        {
            line++;
            int length = rest.IndexOf((byte)'\n') + 1;
            if (length == 0 || !TryBody(rest[..length], ref sum, out int bodyBytes))
            {
                if (length > 0 && HasWholeLine(rest[length..]))
                {
                    throw new JournalException($"is damaged: the sum of line {line} is wrong");
                }

                isTorn = true;
                break;
            }

            Take(pending, rest[..bodyBytes], line);
            whole += length;
            rest = rest[length..];
        }

        return pending.ToJournal(line - (isTorn ? 1 : 0), whole, sum, isTorn);
    }

    // What is shorter may be one whose first record was being written.
    private static void DemandJournal(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> beginning = "{\"kind\":\""u8;
        if (!bytes.StartsWith(beginning[..Math.Min(beginning.Length, bytes.Length)]))
        {
            throw new JournalException("is none: it does not begin as one") { IsNone = true };
        }
    }

    // The body is what stands in front of the sum, without its closing brace.
    private static bool TryBody(ReadOnlySpan<byte> line, ref uint sum, out int bodyBytes)
    {
        bodyBytes = line.Length - JournalSum.Member.Length - JournalSum.Digits - JournalSum.End.Length;
        if (bodyBytes <= 0
            || !line[bodyBytes..].StartsWith(JournalSum.Member)
            || !line.EndsWith(JournalSum.End))
        {
            return false;
        }

        uint expected = JournalSum.Of(sum, line[..bodyBytes]);
        Span<byte> digits = stackalloc byte[JournalSum.Digits];
        _ = Utf8Formatter.TryFormat(expected, digits, out _, new StandardFormat('x', JournalSum.Digits));
        if (!line.Slice(bodyBytes + JournalSum.Member.Length, JournalSum.Digits).SequenceEqual(digits))
        {
            return false;
        }

        sum = expected;
        return true;
    }

    private static bool HasWholeLine(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        return end >= 0 && rest[..(end + 1)].EndsWith(JournalSum.End);
    }

    private static void Take(PendingJournal pending, ReadOnlySpan<byte> body, int line)
    {
        byte[] closed = [.. body, (byte)'}'];
        try
        {
            using JsonDocument document = JsonDocument.Parse(closed);
            pending.Take(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException or OverflowException or IndexOutOfRangeException)
        {
            throw new JournalException($"line {line} is no record: {error.Message}");
        }
    }
}
