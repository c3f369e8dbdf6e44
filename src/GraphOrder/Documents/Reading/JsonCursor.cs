using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphOrder;

/// <summary>
/// Walks the tokens of a stream of JSON with a buffer as large as the largest token, and knows line and
/// column of each. A syntax error ends the walk as <see cref="MalformedDocumentException"/>.
/// </summary>
internal ref struct JsonCursor
{
    private const int BufferBytes = 1 << 16;

    // What stands between two values: separators and white space.
    private const int GapBytes = 1 << 12;
    private const string EndOfDocument = "the end of the document";
    private const byte LineFeed = (byte)'\n';

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n,:"u8);

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
    private int _total;
    private long _bufferOffset;
    private long _lineOffset;
    private bool _isEnd;
    private int _tokenStart;
    private int _readerStart;
    private bool _isLocated = true;
    private SourceLocation _location;
    private PlaceShift _shift;

    public JsonCursor(Stream stream, string? sourceName, ReaderLimits limits, CancellationToken cancellation)
    {
        _stream = stream;
        _sourceName = sourceName;
        _limits = limits;
        _cancellation = cancellation;
        _buffer = new byte[Math.Min(FirstBytes(stream), BufferBytesMax(limits))];
        Fill(0);
        SkipByteOrderMark();
        JsonReaderOptions options = new() { MaxDepth = limits.NestingMax };
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, new JsonReaderState(options));
    }

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>
    /// How many lists and objects the token stands in; a list or object does not stand in itself.
    /// </summary>
    public readonly int Depth => _reader.CurrentDepth;

    public readonly ReaderLimits Limits => _limits;

    /// <summary>Where the token stands; lines are counted for whoever asks.</summary>
    public SourceLocation Location
    {
        get
        {
            if (!_isLocated)
            {
                _location = PlaceOf(_tokenStart);
                _isLocated = true;
            }

            return _location;
        }
    }

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
                // What is asked of the token from here on is asked of the last one.
                _ = Location;
                if (_isEnd)
                {
                    CountLines(Consumed);
                    return false;
                }

                Refill();
            }
        }
        catch (JsonException error)
        {
            throw SyntaxError(error);
        }

        _tokenStart = _readerStart + (int)_reader.TokenStartIndex;
        _isLocated = false;
        return _reader.ValueSpan.Length <= _limits.TokenBytesMax
            ? true
            : throw TooMuch("bytes in one value", Location);
    }

    private readonly int Consumed => _readerStart + (int)_reader.BytesConsumed;

    /// <summary>
    /// What is in the buffer behind the token, for whoever can read the next values faster; then
    /// <see cref="Resume"/>.
    /// </summary>
    public PlainText Ahead()
    {
        int consumed = Consumed;
        return new PlainText(
            _buffer.AsSpan(consumed, _filled - consumed), PlaceBehind(), _limits.TokenBytesMax);
    }

    /// <summary>
    /// Remembers the end of a value of a list, so that reading may resume at the end of any other one.
    /// </summary>
    public ValueEnd EndOfValue() => new(_reader.CurrentState, _shift.Undone(PlaceBehind()));

    /// <summary>
    /// Reads on at the end of a later value of the same list: what is behind that which was read of
    /// <see cref="Ahead"/>.
    /// </summary>
    public void Resume(in ValueEnd end, in PlainText behind)
    {
        int start = Consumed + behind.Position;
        _isLocated = true;
        _line = behind.Location.Line;
        _lineOffset = _bufferOffset + start - behind.Location.Column + 1;
        _counted = start;
        _shift = new PlaceShift(end.Place, behind.Location);
        _readerStart = start;
        _reader = new Utf8JsonReader(_buffer.AsSpan(start, _filled - start), _isEnd, end.State);
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
        new(
            _sourceName,
            [new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] }]);

    private readonly MalformedDocumentException SyntaxError(JsonException error)
    {
        if (_bufferOffset == 0 && IsUtf16(_buffer.AsSpan(0, _filled)))
        {
            return Problem(DiagnosticCode.InvalidUtf8, new SourceLocation(1, 1));
        }

        if (Token == JsonTokenType.None && _buffer.AsSpan(0, _filled).IndexOfAnyExcept(WhiteSpace) < 0)
        {
            return Problem(DiagnosticCode.EmptyDocument, new SourceLocation(1, 1));
        }

        SourceLocation place = _shift.Applied(new(
            (int)Math.Min(int.MaxValue, (error.LineNumber ?? 0) + 1),
            (int)Math.Min(int.MaxValue, (error.BytePositionInLine ?? 0) + 1)));
        string found = Found(place);

        // The reader counts the container that it has just entered as not yet entered.
        int depth =
            _reader.CurrentDepth + (Token is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0);
        if (found == EndOfDocument)
        {
            DiagnosticFact cut = new("cut", "The document");
            return Problem(
                DiagnosticCode.SyntaxError, place, cut, new("hint", ForeignText.HintOfCut));
        }

        if (Token == JsonTokenType.None && ForeignText.HintOf(_buffer.AsSpan(0, _filled)) is { } hint)
        {
            DiagnosticFact told = new("hint", hint);
            return Problem(DiagnosticCode.SyntaxError, place, new DiagnosticFact("found", found), told);
        }

        bool isTooDeep = depth >= _limits.NestingMax && (found is "'['" or "'{'");
        return isTooDeep
            ? Problem(DiagnosticCode.NestingTooDeep, place, new DiagnosticFact("max", _limits.NestingMax))
            : Problem(DiagnosticCode.SyntaxError, place, new DiagnosticFact("found", found));
    }

    private static bool IsUtf16(ReadOnlySpan<byte> start) =>
        start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..];

    // What stands where the parser stopped, short and printable.
    private readonly string Found(SourceLocation place)
    {
        long lineStart = _lineOffset - _bufferOffset;
        int searched = _counted;
        for (int line = _line; line < place.Line; line++)
        {
            int lineFeed = _buffer.AsSpan(searched, _filled - searched).IndexOf(LineFeed);
            if (lineFeed < 0)
            {
                return EndOfDocument;
            }

            searched += lineFeed + 1;
            lineStart = searched;
        }

        long at = lineStart + place.Column - 1;
        return at < 0 || at >= _filled ? EndOfDocument : _buffer[at] switch
        {
            (byte)'\'' => "a single quote",
            > 0x20 and < 0x7F and byte printable => $"'{(char)printable}'",
            byte other => $"byte 0x{other:x2}",
        };
    }

    // What is short needs no more than it is, and one byte to see its end.
    private static int FirstBytes(Stream stream) =>
        stream.CanSeek && stream.Length - stream.Position is > 0 and < BufferBytes and var length
            ? (int)length + 1
            : BufferBytes;

    private void Refill()
    {
        int consumed = Consumed;
        int kept = _filled - consumed;
        int bufferMax = BufferBytesMax(_limits);
        if (kept >= bufferMax)
        {
            int value = consumed + _buffer.AsSpan(consumed, kept).IndexOfAnyExcept(Separators);
            throw value < consumed
                ? TooMuch("bytes of white space", PlaceOf(consumed))
                : TooMuch("bytes in one value", PlaceOf(value));
        }

        CountLines(consumed);
        byte[] target =
            kept > _buffer.Length / 2 ? new byte[Math.Min(2L * _buffer.Length, bufferMax)] : _buffer;
        _buffer.AsSpan(consumed, kept).CopyTo(target);
        _buffer = target;
        _bufferOffset += consumed;
        _counted -= consumed;
        Fill(kept);
        _readerStart = 0;
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, _reader.CurrentState);
    }

    // As much as the stream gives at once, up to the limit; what lies behind the limit is only asked for.
    private void Fill(int kept)
    {
        _cancellation.ThrowIfCancellationRequested();
        int left = _limits.DocumentBytesMax - _total;
        int read = _stream.Read(_buffer, kept, Math.Min(_buffer.Length - kept, left));
        _filled = kept + read;
        _total += read;
        _isEnd = read == 0;
        if (left == 0 && _stream.ReadByte() >= 0)
        {
            throw TooMuch("bytes in the document", PlaceOf(_filled), _limits.DocumentBytesMax);
        }
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

    private static int BufferBytesMax(ReaderLimits limits) =>
        (int)Math.Min(Array.MaxLength, (long)limits.TokenBytesMax + GapBytes);

    private readonly MalformedDocumentException TooMuch(string what, SourceLocation location, int? max = null)
    {
        DiagnosticFact limit = new("max", max ?? _limits.TokenBytesMax);
        return Problem(DiagnosticCode.LimitReached, location, new DiagnosticFact("what", what), limit);
    }

    private SourceLocation PlaceOf(int index)
    {
        CountLines(index);
        return new SourceLocation(
            _line, (int)Math.Min(int.MaxValue, _bufferOffset + index - _lineOffset + 1));
    }

    // Lines are counted forward only, so the token comes first.
    private SourceLocation PlaceBehind()
    {
        _ = Location;
        return PlaceOf(Consumed);
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
