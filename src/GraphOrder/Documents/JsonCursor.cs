using System.Text.Json;
using System.Text.Unicode;

namespace GraphOrder;

/// <summary>
/// Walks the tokens of a stream of JSON with a buffer as large as the largest token, and knows line and column of
/// each. A syntax error ends the walk as <see cref="MalformedDocumentException"/>.
/// </summary>
internal ref struct JsonCursor
{
    private const int BufferBytes = 1 << 16;
    private const string EndOfDocument = "the end of the document";
    private const byte LineFeed = (byte)'\n';

    private readonly Stream _stream;
    private readonly string? _sourceName;
    private readonly ReaderLimits _limits;
    private readonly CancellationToken _cancellation;
    private Utf8JsonReader _reader;
    private byte[] _buffer;
    private byte[] _unescaped = [];
    private int _filled;
    private int _counted;
    private int _line = 1;
    private long _bufferOffset;
    private long _lineOffset;
    private bool _isEnd;

    public JsonCursor(Stream stream, string? sourceName, ReaderLimits limits, CancellationToken cancellation)
    {
        _stream = stream;
        _sourceName = sourceName;
        _limits = limits;
        _cancellation = cancellation;
        _buffer = new byte[BufferBytes];
        Fill(0);
        SkipByteOrderMark();
        JsonReaderOptions options = new() { MaxDepth = limits.NestingMax, CommentHandling = JsonCommentHandling.Disallow };
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, new JsonReaderState(options));
    }

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Where the token stands.</summary>
    public SourceLocation Location { get; private set; }

    /// <summary>The bytes of a number, or of a string or member name without its escapes.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            if (!_reader.ValueIsEscaped)
            {
                if (!Utf8.IsValid(_reader.ValueSpan))
                {
                    throw Problem(DiagnosticCode.InvalidUtf8, Location);
                }

                return _reader.ValueSpan;
            }

            if (_unescaped.Length < _reader.ValueSpan.Length)
            {
                _unescaped = new byte[_reader.ValueSpan.Length];
            }

            try
            {
                return _unescaped.AsSpan(0, _reader.CopyString(_unescaped));
            }
            catch (InvalidOperationException)
            {
                throw Problem(DiagnosticCode.InvalidUtf8, Location);
            }
        }
    }

    /// <summary>Goes to the next token; false after the last one.</summary>
    public bool Read()
    {
        try
        {
            while (!_reader.Read())
            {
                if (_isEnd)
                {
                    CountLines((int)_reader.BytesConsumed);
                    return false;
                }

                Refill();
            }
        }
        catch (JsonException error)
        {
            throw SyntaxError(error);
        }

        int start = (int)_reader.TokenStartIndex;
        CountLines(start);
        Location = new SourceLocation(_line, (int)Math.Min(int.MaxValue, _bufferOffset + start - _lineOffset + 1));
        return true;
    }

    /// <summary>Goes past the value that begins at this token, whatever it is, without keeping it.</summary>
    public void SkipValue()
    {
        int depth = 0;
        do
        {
            depth += Token switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0 && Read());
    }

    /// <summary>A problem that ends reading.</summary>
    public readonly MalformedDocumentException Problem(
        DiagnosticCode code, SourceLocation location, params DiagnosticFact[] facts) =>
        new(_sourceName, [new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] }]);

    private readonly MalformedDocumentException SyntaxError(JsonException error)
    {
        SourceLocation place = new(
            (int)Math.Min(int.MaxValue, (error.LineNumber ?? 0) + 1),
            (int)Math.Min(int.MaxValue, (error.BytePositionInLine ?? 0) + 1));
        string found = Found((int)_reader.BytesConsumed);
        if (Token == JsonTokenType.None && found == EndOfDocument)
        {
            return Problem(DiagnosticCode.EmptyDocument, new SourceLocation(1, 1));
        }

        // The reader counts the container that it stands in front of as not yet entered.
        bool isTooDeep = _reader.CurrentDepth >= _limits.NestingMax - 1 && (found is "'['" or "'{'");
        return isTooDeep
            ? Problem(DiagnosticCode.NestingTooDeep, place, new DiagnosticFact("max", _limits.NestingMax))
            : Problem(DiagnosticCode.SyntaxError, place, new DiagnosticFact("found", found));
    }

    // What stands where the parser stopped, short and printable.
    private readonly string Found(int at)
    {
        int first = at;
        while (first < _filled && _buffer[first] is (byte)' ' or (byte)'\t' or (byte)'\r' or LineFeed)
        {
            first++;
        }

        return first >= _filled ? EndOfDocument
            : _buffer[first] is > 0x20 and < 0x7F ? $"'{(char)_buffer[first]}'"
            : $"byte 0x{_buffer[first]:x2}";
    }

    private void Refill()
    {
        _cancellation.ThrowIfCancellationRequested();
        int consumed = (int)_reader.BytesConsumed;
        CountLines(consumed);
        int kept = _filled - consumed;
        if (kept >= _limits.TokenBytesMax)
        {
            throw Problem(
                DiagnosticCode.LimitReached,
                new SourceLocation(_line, (int)Math.Min(int.MaxValue, _bufferOffset + consumed - _lineOffset + 1)),
                new DiagnosticFact("what", "bytes in one value"),
                new DiagnosticFact("max", _limits.TokenBytesMax));
        }

        byte[] target = kept > _buffer.Length / 2 ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(consumed, kept).CopyTo(target);
        _buffer = target;
        _bufferOffset += consumed;
        _counted -= consumed;
        Fill(kept);
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, _reader.CurrentState);
    }

    private void Fill(int kept)
    {
        int read = _stream.Read(_buffer, kept, _buffer.Length - kept);
        _filled = kept + read;
        _isEnd = read == 0;
    }

    // The mark may come in pieces; a document shorter than it is none.
    private void SkipByteOrderMark()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        while (_filled < mark.Length && !_isEnd)
        {
            Fill(_filled);
        }

        if (_buffer.AsSpan(0, _filled).StartsWith(mark))
        {
            _buffer.AsSpan(mark.Length, _filled - mark.Length).CopyTo(_buffer);
            _filled -= mark.Length;
        }
    }

    private void CountLines(int until)
    {
        ReadOnlySpan<byte> passed = _buffer.AsSpan(_counted, until - _counted);
        int last = passed.LastIndexOf(LineFeed);
        if (last >= 0)
        {
            _line = (int)Math.Min(int.MaxValue, _line + (long)passed.Count(LineFeed));
            _lineOffset = _bufferOffset + _counted + last + 1;
        }

        _counted = until;
    }
}
