using System.Buffers;

namespace GraphOrder;

/// <summary>
/// Finds where an object or list of JSON ends, without reading it: by its brackets, and past its strings.
/// Whether it is JSON is for whoever reads it.
/// </summary>
internal static class ValueScan
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);

    /// <summary>The index behind the value that begins at an index; -1 where it does not end. O(length).
    /// </summary>
    public static int EndOf(ReadOnlySpan<byte> utf8, int start)
    {
        int depth = 0;
        int at = start;
        while (utf8[at..].IndexOfAny(Marks) is var found and >= 0)
        {
            at += found;
            switch (utf8[at++])
            {
                case (byte)'"':
                    at = EndOfString(utf8, at);
                    if (at < 0)
                    {
                        return -1;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return at;
                    }

                    break;
            }
        }

        return -1;
    }

    private static int EndOfString(ReadOnlySpan<byte> utf8, int at)
    {
        while (utf8[at..].IndexOfAny((byte)'"', (byte)'\\') is var found and >= 0)
        {
            at += found;
            if (utf8[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2;
            if (at > utf8.Length)
            {
                return -1;
            }
        }

        return -1;
    }
}
