using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads a text line by line, of any length, with lines of at most 4096 bytes. Not thread-safe.
/// </summary>
internal sealed class ImportLines(ImportSource source)
{
    private const int LineBytesMax = 4096;
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _line = new byte[LineBytesMax];
    private int _at;
    private int _end;

    /// <summary>The number of the line that was read last, from 1 up.</summary>
    public int Number { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="ImportException">It is too long.</exception>
    public string? Next()
    {
        int length = 0;
        Number = checked(Number + 1);
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = source.Bytes.Read(_buffer);
                if (_end == 0)
                {
                    return length == 0 ? null : Encoding.UTF8.GetString(_line, 0, length);
                }
            }

            byte found = _buffer[_at++];
            if (found == (byte)'\n')
            {
                return Encoding.UTF8.GetString(_line, 0, length);
            }

            if (length == LineBytesMax)
            {
                throw Unexpected($"a line of more than {LineBytesMax} bytes", "a shorter one");
            }

            _line[length++] = found;
        }
    }

    /// <summary>The line that was read last has something else than is due.</summary>
    public ImportException Unexpected(string found, string expected) =>
        ImportException.Unexpected(source.Name, new(Number, 1), found, expected);

    /// <summary>A text as an error shows it.</summary>
    public static string Quoted(string text)
    {
        const int shownMax = 60;
        return text.Length <= shownMax ? $"'{text}'" : $"'{text[..shownMax]}...'";
    }
}
