using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads texts one after another, line by line, of any length, with lines of at most 4096 bytes. Not
/// thread-safe.
/// </summary>
internal sealed class ImportLines
{
    private const int LineBytesMax = 4096;
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _line = new byte[LineBytesMax];
    private ImportSource? _source;
    private int _at;
    private int _end;

    private ImportSource Source => _source ?? throw new InvalidOperationException("No text was begun.");

    /// <summary>The number of the line that was read last, from 1 up.</summary>
    public int Number { get; private set; }

    /// <summary>Begins with the first line of a text.</summary>
    public void Begin(ImportSource source)
    {
        _source = source;
        _at = 0;
        _end = 0;
        Number = 0;
    }

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
                _end = Source.Bytes.Read(_buffer);
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
        ImportException.Unexpected(Source.Name, new(Number, 1), found, expected);

    /// <summary>A text as an error shows it.</summary>
    public static string Quoted(string text)
    {
        const int shownMax = 60;
        return text.Length <= shownMax ? $"'{text}'" : $"'{text[..shownMax]}...'";
    }
}
