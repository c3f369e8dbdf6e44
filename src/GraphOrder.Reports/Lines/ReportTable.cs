namespace GraphOrder.Reports;

/// <summary>
/// Rows under one another, each value under the name of its column; where the lines are too short for that,
/// each row is its first value and below it the others with their names. Not thread-safe.
/// </summary>
public sealed class ReportTable
{
    private const int StackedColumn = 2;

    private readonly ReportLines _lines;
    private readonly Cell[] _columns;
    private readonly bool _isStacked;

    /// <summary>Makes a table; nothing is written.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="room">How many columns of text it takes to put all values beside one another.</param>
    /// <param name="columns">Where each column begins and what it is called, from left to right.</param>
    public ReportTable(ReportLines lines, int room, params ReadOnlySpan<Cell> columns)
    {
        ArgumentNullException.ThrowIfNull(lines);
        _lines = lines;
        _columns = columns.ToArray();
        _isStacked = lines.Width < room;
    }

    /// <summary>Writes the names of the columns; nothing where each value has its own beside it.</summary>
    public void Header()
    {
        if (!_isStacked)
        {
            _lines.Cells(_columns);
        }
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">Its values, one a column; empty ones are left out.</param>
    /// <exception cref="ArgumentException">It has not as many values as there are columns.</exception>
    public void Row(params ReadOnlySpan<string> values)
    {
        if (values.Length != _columns.Length)
        {
            throw new ArgumentException("A row has one value for each column.", nameof(values));
        }

        if (_isStacked)
        {
            Stack(values);
            return;
        }

        Cell[] cells = new Cell[values.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = new Cell(_columns[i].Column, values[i]);
        }

        _lines.Cells(cells);
    }

    private void Stack(ReadOnlySpan<string> values)
    {
        List<string> below = [];
        for (int i = 1; i < values.Length; i++)
        {
            string value = values[i].Trim();
            if (value.Length > 0)
            {
                below.Add($"{_columns[i].Text.Trim()} {value}".TrimStart());
            }
        }

        if (values[0].Length > 0)
        {
            _lines.Wrapped(_columns[0].Column, values[0]);
        }

        _lines.Wrapped(_columns[0].Column + StackedColumn, string.Join(", ", below));
    }
}
