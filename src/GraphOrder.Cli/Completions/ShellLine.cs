using System.Text;

namespace GraphOrder.Cli;

/// <summary>
/// The command line of a POSIX shell up to its cursor: words without their quotation marks, and how the last
/// one is written. What a shell would put in for variables and commands stays as it is. Not thread-safe.
/// </summary>
internal sealed class ShellLine
{
    private readonly string _line;
    private readonly string _breaks;
    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();
    private bool _isInWord;
    private int _at;

    private ShellLine(string line, string breaks)
    {
        _line = line;
        _breaks = breaks;
    }

    /// <summary>The words that are whole, from the program's name on.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The word at the cursor as the program would get it; empty for a new one.</summary>
    public string Last => _word.ToString();

    /// <summary>Whether the word at the cursor is where the shell sends its streams to.</summary>
    public bool IsRedirection { get; private set; }

    /// <summary>The quotation mark that is open at the cursor; NUL for none.</summary>
    public char OpenQuote { get; private set; }

    /// <summary>
    /// How many characters of <see cref="Last"/> the line editor takes for finished: what is put in begins
    /// behind them.
    /// </summary>
    public int Kept { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line up to the cursor.</param>
    /// <param name="breaks">
    /// Characters at which the line editor begins a new word inside one of the shell's: COMP_WORDBREAKS.
    /// </param>
    public static ShellLine Parse(string line, string breaks)
    {
        ShellLine parsed = new(line, breaks);
        while (parsed._at < line.Length)
        {
            parsed.Take();
        }

        return parsed;
    }

    private void Take()
    {
        char next = _line[_at++];
        switch (next)
        {
            case ' ' or '\t' or '\n':
                EndWord();
                break;
            case '>' or '<':
                EndWord();
                IsRedirection = true;
                break;
            case '\\':
                Put(_at < _line.Length ? _line[_at++] : '\\');
                break;
            case '\'':
                TakeQuoted('\'', escapes: "");
                break;
            case '"':
                TakeQuoted('"', "\\\"$`\n");
                break;
            case '$' when _at < _line.Length && _line[_at] == '\'':
                _at++;
                TakeQuoted('\'', "\\'");
                break;
            default:
                Put(next);
                Kept = _breaks.Contains(next, StringComparison.Ordinal) ? _word.Length : Kept;
                break;
        }
    }

    private void TakeQuoted(char quote, string escapes)
    {
        _isInWord = true;
        int keptBefore = Kept;
        OpenQuote = quote;
        Kept = _word.Length;
        while (_at < _line.Length)
        {
            char next = _line[_at++];
            if (next == quote)
            {
                OpenQuote = '\0';
                Kept = keptBefore;
                return;
            }

            bool isEscaped = next == '\\' && _at < _line.Length
                && escapes.Contains(_line[_at], StringComparison.Ordinal);
            _word.Append(isEscaped ? _line[_at++] : next);
        }
    }

    private void Put(char character)
    {
        _isInWord = true;
        _word.Append(character);
    }

    private void EndWord()
    {
        if (!_isInWord)
        {
            return;
        }

        if (!IsRedirection)
        {
            _words.Add(_word.ToString());
        }

        _word.Clear();
        Kept = 0;
        _isInWord = false;
        IsRedirection = false;
    }
}
