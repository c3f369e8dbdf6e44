using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// How long each guest is paused, how much less it could be, what the longest waits for, and what to make
/// faster next.
/// </summary>
internal sealed class BlackoutBlock
{
    private const int LabelColumn = 2;
    private const int TextColumn = 11;
    private const int PausedColumn = 34;
    private const int LeastColumn = 46;
    private const int NumberWidth = 10;
    private const int GuestsMax = 8;
    private const int GuestsToldOfMore = 5;
    private const int LinksMax = 16;

    private readonly ReportLines _lines;
    private readonly Schedule _schedule;
    private readonly Func<ScheduledCall, string> _nameOf;

    /// <param name="lines">Where to.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="nameOf">How the report names a call.</param>
    public BlackoutBlock(ReportLines lines, Schedule schedule, Func<ScheduledCall, string> nameOf)
    {
        _lines = lines;
        _schedule = schedule;
        _nameOf = nameOf;
    }

    public void Write()
    {
        _lines.Blank();
        _lines.Wrapped(0, "BLACKOUT  from pause to resume in ms, sessions side by side, by the set's costs");
        WriteGuests();
        WriteSum();
        _lines.Labelled(LabelColumn, "longest", TextColumn, Chain());
        WriteSpeedUps();
    }

    private void WriteGuests()
    {
        Row("", "paused", "least");
        GuestBlackout[] guests = [.. _schedule.Blackouts];
        int told = guests.Length;
        if (guests.Length > GuestsMax)
        {
            guests = [.. guests.OrderByDescending(static guest => guest.Microseconds)];
            told = GuestsToldOfMore;
        }

        foreach (GuestBlackout guest in guests[..told])
        {
            Row(PlainText.Id(guest.Session.Text), Number(guest.Microseconds), Number(guest.MicrosecondsMin));
        }

        if (told < guests.Length)
        {
            string rest = $"{guests.Length - told} more, at most";
            Row(rest, Number(guests[told].Microseconds), "");
        }
    }

    private void WriteSum()
    {
        Row("sum", Number(_schedule.SumMicroseconds), Number(_schedule.SumMicrosecondsMin));
        string least = Number(_schedule.SumMicrosecondsMin);
        string proof = _schedule.IsLeast
            ? "no schedule of this order has a lesser sum"
            : $"the gap is {Gap()}: no schedule of this order goes below {least}";
        // Each guest's is that of a world without limits, where the sum has to live with them.
        if (_schedule.Blackouts.Sum(static guest => guest.MicrosecondsMin) != _schedule.SumMicrosecondsMin)
        {
            _lines.Labelled(LabelColumn, "least", TextColumn,
                "of a guest as if no class had a limit; of the sum with all limits, so they do not add up");
        }

        string oneByOne = Number(_schedule.OneByOneMicroseconds);
        _lines.Labelled(LabelColumn, "proof", TextColumn, $"{proof}; one step at a time it is {oneByOne}");
    }

    private string Gap()
    {
        double gap = _schedule.SumMicroseconds - _schedule.SumMicrosecondsMin;
        return (gap / _schedule.SumMicrosecondsMin).ToString("0.0 %", CultureInfo.InvariantCulture);
    }

    private void Row(string name, string paused, string least) => _lines.Cells(
    [
        new Cell(LabelColumn, name),
        new Cell(PausedColumn, paused.PadLeft(NumberWidth)),
        new Cell(LeastColumn, least.Length == 0 ? "" : least.PadLeft(NumberWidth)),
    ]);

    private string Chain()
    {
        List<string> links = [];
        foreach (ChainLink link in _schedule.LongestChain)
        {
            string wait = link.Class is { } held ? $" (waits for a place of {PlainText.Id(held)})" : "";
            links.Add($"{_nameOf(link.Call)} {Number(link.Call.Microseconds)}{wait}");
        }

        if (links.Count > LinksMax)
        {
            int left = links.Count - LinksMax;
            links.RemoveRange(LinksMax / 2, left);
            links.Insert(LinksMax / 2, $"{left} more");
        }

        string session = PlainText.Id(_schedule.Longest.Session.Text);
        return links.Count == 0 ? $"{session}: nothing that costs" : $"{session}: {string.Join(", ", links)}";
    }

    private void WriteSpeedUps()
    {
        string label = "faster";
        foreach (SpeedUp speedUp in _schedule.SpeedUps)
        {
            string gain = $"the sum would be {Number(speedUp.GainMicroseconds)} less";
            string told = speedUp.Call is { } call
                ? $"{_nameOf(call)}: without its {Number(call.Microseconds)} {gain}"
                : $"one more place of {PlainText.Id(speedUp.Class!)}: {gain}";
            _lines.Labelled(LabelColumn, label, TextColumn, told);
            label = "";
        }
    }

    private static string Number(long microseconds) => Milliseconds.Of(microseconds)[..^" ms".Length];
}
