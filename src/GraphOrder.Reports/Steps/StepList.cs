using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Writes the steps of the whole run: what the caller does, where, and why it stands there.
/// </summary>
internal sealed class StepList
{
    private readonly ReportLines _lines;
    private readonly RunSteps _run;
    private readonly StepRows _rows;
    private readonly StepColumns _columns;
    private readonly bool _isFolded;

    public StepList(ReportLines lines, RunSteps run, StepRows rows, int unfoldedStepsMax)
    {
        _lines = lines;
        _run = run;
        _rows = rows;
        _columns = StepColumns.Fit(run, rows);
        _isFolded = run.Count > unfoldedStepsMax;
    }

    /// <summary>Writes all steps under the names of the two kernels.</summary>
    public void Write()
    {
        int created = _run.CreatedCount;
        _lines.Cells(
        [
            new Cell(0, "OLD KERNEL"),
            new Cell(_columns.Session, "session"),
            new Cell(_columns.Token, "token"),
            new Cell(_columns.What, "what"),
            new Cell(_columns.Why, "why here"),
        ]);
        WriteRange(1, created);
        WriteRange(created + 1, _run.KexecNumber - 1);
        WriteRow(_run.KexecNumber);
        _lines.Wrapped(0, "NEW KERNEL");
        WriteRange(_run.KexecNumber + 1, _run.RetrievedMax);
        WriteRange(_run.RetrievedMax + 1, _run.Count);
        if (_run.IsPausedAnywhere)
        {
            _lines.Wrapped(0, "( | = a guest is paused )");
        }
    }

    private void WriteRange(int first, int last)
    {
        if (!_isFolded)
        {
            WriteRows(first, last);
            return;
        }

        foreach (StepBlock block in StepFolding.Of(_run, _rows, first, last))
        {
            if (block.IsFolded)
            {
                WriteFolded(block);
            }
            else
            {
                WriteRows(block.First, block.Last);
            }
        }
    }

    private void WriteRows(int first, int last)
    {
        for (int number = first; number <= last; number++)
        {
            WriteRow(number);
        }
    }

    private void WriteRow(int number)
    {
        StepRow row = _rows.Row(number);
        bool hasBoth = row.Why.Length > 0 && row.Kernel.Length > 0;
        _lines.Cells(
        [
            PauseMark(number),
            new Cell(_columns.Number - row.Number.Length, row.Number),
            new Cell(_columns.Verb, row.Verb),
            new Cell(_columns.Session, row.Session),
            new Cell(_columns.Token, row.Token),
            new Cell(_columns.What, row.What),
            new Cell(_columns.Why, hasBoth || row.Kernel.Length == 0 ? row.Why : row.Kernel),
        ]);
        if (hasBoth)
        {
            _lines.Wrapped(_columns.Why, row.Kernel);
        }
    }

    private Cell PauseMark(int number) => new(0, _run.IsPaused(number) ? "|" : "");

    private void WriteFolded(StepBlock block)
    {
        string first = block.First.ToString(CultureInfo.InvariantCulture);
        string last = block.Last.ToString(CultureInfo.InvariantCulture);
        string known = block.AsLast > block.AsFirst
            ? string.Create(CultureInfo.InvariantCulture, $"as {block.AsFirst}-{block.AsLast}")
            : string.Create(CultureInfo.InvariantCulture, $"as {block.AsFirst}");
        int count = block.SessionCount;
        string sessions = _rows.Row(block.First).Session;
        if (count > 1)
        {
            string link = count > 2 ? " ... " : ", ";
            sessions += link + _rows.Row(block.Last).Session;
            known = string.Create(CultureInfo.InvariantCulture, $"{count} sessions, each {known}");
        }

        _lines.Cells(
        [
            PauseMark(block.First),
            new Cell(_columns.Number - first.Length, $"{first}-{last}"),
            new Cell(_columns.Session, sessions),
            new Cell(_columns.Why, known),
        ]);
    }
}
