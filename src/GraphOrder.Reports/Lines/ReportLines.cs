namespace GraphOrder.Reports;

/// <summary>
/// Writes lines of at most so many columns. Nothing is cut: what is too long for its column pushes the next
/// one, and what is too long for its line goes on in the next line, under its own column. Not thread-safe.
/// </summary>
/// <remarks>Lines end with a line feed on every machine.</remarks>
public sealed class ReportLines
{
    // A column nearer to the right edge than this is given up: its text hangs where there is room.
    private const int RoomMin = 24;

    private const string ColourEnd = "\e[0m";

    private readonly TextWriter _output;
    private readonly int _width;
    private int _position;

    /// <summary>Writes lines to a text.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="width">Greatest number of columns.</param>
    public ReportLines(TextWriter output, int width)
    {
        _output = output;
        _width = width;
    }

    /// <summary>Greatest number of columns.</summary>
    public int Width => _width;

    /// <summary>An empty line.</summary>
    public void Blank() => _output.Write('\n');

    /// <summary>The first line: a word, coloured where a colour is given, and what follows it.</summary>
    /// <param name="word">The verdict's word.</param>
    /// <param name="colour">The ANSI sequence that begins the colour; null for none.</param>
    /// <param name="rest">
    /// What follows, with its own space or sign in front; wrapped under the second column.
    /// </param>
    public void Verdict(string word, string? colour, string rest)
    {
        _position = 0;
        _output.Write(colour);
        Write(word);
        _output.Write(colour is null ? null : ColourEnd);
        WriteWords(rest, 2);
        _output.Write('\n');
    }

    /// <summary>A label at a column, and text that hangs at another, wrapped at spaces.</summary>
    /// <param name="labelColumn">Column of the label.</param>
    /// <param name="label">The label.</param>
    /// <param name="textColumn">Column of the text.</param>
    /// <param name="text">The text.</param>
    public void Labelled(int labelColumn, string label, int textColumn, string text) =>
        Cells([new Cell(labelColumn, label), new Cell(textColumn, text)]);

    /// <summary>Text that begins at a column and hangs there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The text.</param>
    public void Wrapped(int column, string text) => Cells([new Cell(column, text)]);

    /// <summary>The pieces of one line, from left to right; empty ones are left out.</summary>
    /// <param name="cells">The pieces.</param>
    public void Cells(ReadOnlySpan<Cell> cells)
    {
        _position = 0;
        bool isFirst = true;
        foreach (Cell cell in cells)
        {
            if (cell.Text.Length == 0)
            {
                continue;
            }

            Place(cell, isFirst);
            isFirst = false;
        }

        _output.Write('\n');
    }

    /// <summary>
    /// A command after a label; its words are never wrapped, a backslash carries it to the next line.
    /// </summary>
    /// <param name="label">The label, at column 0.</param>
    /// <param name="column">Column of the first word.</param>
    /// <param name="words">Words as a shell takes them.</param>
    public void Command(string label, int column, ReadOnlySpan<string> words)
    {
        _position = 0;
        Write(label);
        PadTo(Math.Max(column, _position + 2));
        for (int i = 0; i < words.Length; i++)
        {
            // Room for the backslash is kept unless the word is the last.
            int reserve = i + 1 < words.Length ? 2 : 0;
            if (i > 0 && _position + 1 + words[i].Length + reserve > _width)
            {
                Write(" \\");
                Break(column + 2);
            }
            else if (i > 0)
            {
                Write(" ");
            }

            WriteWord(words[i], reserve);
        }

        _output.Write('\n');
    }

    private void WriteWord(string word, int reserve)
    {
        // A shell reads a backslash at the end of a line as nothing, so the rest must begin at column 0.
        // Inside quotation marks it would not, and such a word stays whole.
        string rest = word;
        while (_position + rest.Length + reserve > _width && !word.StartsWith('$'))
        {
            int room = Math.Max(1, _width - _position - 1);
            Write(rest[..room] + "\\");
            Break(0);
            rest = rest[room..];
        }

        Write(rest);
    }

    private void Place(Cell cell, bool isFirst)
    {
        int start = isFirst ? cell.Column : Math.Max(cell.Column, _position + 1);
        int hang = _width - cell.Column >= RoomMin ? cell.Column : Math.Max(0, _width - RoomMin);
        bool isPushed = start > cell.Column;
        if (start + cell.Text.Length <= _width)
        {
            PadTo(start);
            Write(cell.Text);
            return;
        }

        // A pushed text that wraps begins under its own column at once, instead of as a sliver at the edge.
        if (isPushed || _width - start < RoomMin)
        {
            if (_position > 0)
            {
                Break(hang);
            }
            else
            {
                PadTo(hang);
            }
        }
        else
        {
            PadTo(start);
        }

        WriteWords(cell.Text, hang);
    }

    private void WriteWords(string text, int hang)
    {
        ReadOnlySpan<char> rest = text;
        bool isAtStart = true;
        int gap = 0;
        while (!rest.IsEmpty)
        {
            int space = rest.IndexOf(' ');
            ReadOnlySpan<char> word = space < 0 ? rest : rest[..space];
            if (word.IsEmpty)
            {
                // Spaces beside one another are kept inside a line, and none at its end.
                gap++;
                isAtStart = false;
                rest = rest[1..];
                continue;
            }

            if (!isAtStart && _position + gap + word.Length > _width)
            {
                Break(hang);
                gap = 0;
            }

            PadTo(_position + gap);
            while (_position + word.Length > _width)
            {
                int room = _width - _position;
                Write(word[..room]);
                word = word[room..];
                Break(hang);
            }

            Write(word);
            isAtStart = false;
            gap = 1;
            rest = space < 0 ? [] : rest[(space + 1)..];
        }
    }

    private void Break(int column)
    {
        _output.Write('\n');
        _position = 0;
        PadTo(column);
    }

    private void PadTo(int column)
    {
        for (; _position < column; _position++)
        {
            _output.Write(' ');
        }
    }

    private void Write(ReadOnlySpan<char> text)
    {
        _output.Write(text);
        _position += text.Length;
    }
}
