using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Cuts a text in the language of Graphviz into tokens. Not thread-safe.</summary>
internal sealed class DotScanner
{
    private const int HeadLength = 1 << 12;

    private static readonly string[] Keywords = ["strict", "graph", "digraph", "node", "edge", "subgraph"];
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly string _source;
    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public DotScanner(ImportSource source)
    {
        _source = source.Name;
        try
        {
            _text = StrictUtf8.GetString(ImportText.ReadAll(source));
        }
        catch (DecoderFallbackException)
        {
            throw ImportException.Unexpected(_source, default, "text that is not UTF-8", "UTF-8");
        }

        _at = _lineStart = _text.StartsWith('\uFEFF') ? 1 : 0;
    }

    /// <summary>What the text looks like, where it is no DOT; null where nobody knows.</summary>
    public string? Hint =>
        ForeignText.HintOfNoGraph(Encoding.UTF8.GetBytes(_text[..Math.Min(_text.Length, HeadLength)]));

    private SourceLocation Place => new(_line, _at - _lineStart + 1);

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    /// <summary>The next token.</summary>
    /// <exception cref="ImportException">There is none.</exception>
    public DotToken Take()
    {
        SkipSpace();
        SourceLocation place = Place;
        if (_at >= _text.Length)
        {
            return new(DotKind.End, "", place);
        }

        if (Here == '-' && (Next is '>' or '-'))
        {
            string sign = _text.Substring(_at, 2);
            _at += 2;
            return new(DotKind.Sign, sign, place);
        }

        switch (Here)
        {
            case '{' or '}' or '[' or ']' or ';' or ',' or '=' or ':' or '+':
                return new(DotKind.Sign, _text[_at++].ToString(), place);
            case '"':
                return new(DotKind.Id, Quoted(place), place);
            case '<':
                return new(DotKind.Id, Markup(place), place, IsMarkup: true);
        }

        string word = Word();
        if (word.Length == 0)
        {
            throw Unexpected(place, ImportLines.Quoted(Printable.Of(Here.ToString())),
                "an id, a bracket or an edge");
        }

        string lower = word.ToLowerInvariant();
        return Array.IndexOf(Keywords, lower) >= 0
            ? new(DotKind.Keyword, lower, place)
            : new(DotKind.Id, word, place);
    }

    /// <summary>Something else stands there than is due.</summary>
    public ImportException Unexpected(
        SourceLocation place, string found, string expected, string? hint = null) =>
        ImportException.Unexpected(_source, place, found, expected, hint);

    /// <summary>The text ends, and more is due.</summary>
    public ImportException CutOff(SourceLocation place, string expected) =>
        ImportException.CutOff(_source, place, expected);

    private void Advance()
    {
        if (_text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            bool isAtLineStart = _at == _lineStart;
            if (char.IsWhiteSpace(Here))
            {
                Advance();
            }
            else if ((Here == '/' && Next == '/') || (Here == '#' && isAtLineStart))
            {
                while (_at < _text.Length && Here != '\n')
                {
                    _at++;
                }
            }
            else if (Here == '/' && Next == '*')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        SourceLocation place = Place;
        _at += 2;
        while (!(Here == '*' && Next == '/'))
        {
            if (_at >= _text.Length)
            {
                throw CutOff(place, "the end of the comment that begins here");
            }

            Advance();
        }

        _at += 2;
    }

    // Letters, digits, underscores and all beyond ASCII; or a number, which may have a sign and a point.
    private string Word()
    {
        int first = _at;
        if (Here is '-' or '.' || char.IsAsciiDigit(Here))
        {
            _at += Here == '-' ? 1 : 0;
            while (char.IsAsciiDigit(Here) || Here == '.')
            {
                _at++;
            }
        }
        else
        {
            while (char.IsAsciiLetterOrDigit(Here) || Here == '_' || Here >= '\u0080')
            {
                _at++;
            }
        }

        return _text[first.._at];
    }

    // A quote is escaped by a backslash and nothing else is; pieces may be joined by a plus.
    private string Quoted(SourceLocation place)
    {
        StringBuilder text = new();
        while (true)
        {
            _at++;
            while (Here != '"' || _at >= _text.Length)
            {
                if (_at >= _text.Length)
                {
                    throw CutOff(place, "the end of the string that begins here");
                }

                TakeQuoted(text);
            }

            _at++;
            (int at, int line, int lineStart) = (_at, _line, _lineStart);
            SkipSpace();
            if (Here == '+')
            {
                _at++;
                SkipSpace();
                if (Here != '"')
                {
                    throw Unexpected(Place, "something else than a string behind a plus", "a string");
                }

                continue;
            }

            (_at, _line, _lineStart) = (at, line, lineStart);
            return text.ToString();
        }
    }

    private void TakeQuoted(StringBuilder text)
    {
        if (Here == '\\' && Next == '"')
        {
            text.Append('"');
            _at += 2;
        }
        else if (Here == '\\' && Next == '\\')
        {
            text.Append("\\\\");
            _at += 2;
        }
        else if (Here == '\\' && Next == '\n')
        {
            _at++;
            Advance();
        }
        else
        {
            text.Append(Here);
            Advance();
        }
    }

    private string Markup(SourceLocation place)
    {
        int first = _at + 1;
        int depth = 0;
        do
        {
            if (_at >= _text.Length)
            {
                throw CutOff(place, "the end of the angle bracket that opens here");
            }

            depth += Here == '<' ? 1 : Here == '>' ? -1 : 0;
            Advance();
        }
        while (depth > 0);
        return _text[first..(_at - 1)];
    }
}
