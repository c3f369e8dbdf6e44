namespace GraphOrder.Reports;

/// <summary>
/// What the set does not say, what the plan does not hold, what was waived, and the next command.
/// </summary>
internal sealed class ClosingBlock
{
    private const int TextColumn = 11;

    private readonly ReportLines _lines;
    private readonly SessionSet _set;
    private readonly BindingPhases _binding;

    public ClosingBlock(ReportLines lines, SessionSet set, BindingPhases binding)
    {
        _lines = lines;
        _set = set;
        _binding = binding;
    }

    /// <summary>Writes the lines on what is not known, not held and waived.</summary>
    /// <param name="waived">What was waived.</param>
    /// <param name="schedule">When the steps run; null where the plan has no schedule.</param>
    public void Write(IReadOnlyList<string> waived, Schedule? schedule)
    {
        WriteNotKnown(schedule is null ? [] : NotKnown(schedule));
        WriteHeld(waived);
    }

    /// <summary>Writes the line on what is not known.</summary>
    /// <param name="more">What is not known beside what the set could say.</param>
    public void WriteNotKnown(IEnumerable<string> more)
    {
        _lines.Blank();
        List<string> notKnown = [.. NotKnown(), .. more];
        string known = notKnown.Count == 0 ? "nothing that the set could say" : string.Join("; ", notKnown);
        Line("NOT KNOWN", known);
    }

    /// <summary>Writes the lines on what is not held and waived.</summary>
    public void WriteHeld(IReadOnlyList<string> waived)
    {
        Line("NOT HELD", NotHeld());
        Line("WAIVED", waived.Count == 0 ? "nothing" : string.Join(", ", waived.Select(PlainText.Id)));
    }

    /// <summary>Writes a command that may be pasted.</summary>
    public void Command(string label, params ReadOnlySpan<string> words) =>
        _lines.Command(label, TextColumn, words);

    private void Line(string label, string text) => _lines.Labelled(0, label, TextColumn, text);

    private string NotHeld()
    {
        List<string> nobodyAsked = [];
        List<string> allWaived = [];
        foreach (Phase phase in Phases.All)
        {
            if (_binding.CountIn(phase) == 0)
            {
                (_binding.WaivedCountIn(phase) == 0 ? nobodyAsked : allWaived).Add(phase.Name());
            }
        }

        List<string> told = [];
        if (nobodyAsked.Count > 0)
        {
            told.Add($"{string.Join(", ", nobodyAsked)}: nobody asked");
        }

        if (allWaived.Count > 0)
        {
            told.Add($"{string.Join(", ", allWaived)}: all waived");
        }

        return told.Count == 0 ? "nothing" : string.Join("; ", told);
    }

    private static List<string> NotKnown(Schedule schedule)
    {
        List<string> notKnown = [];
        if (schedule.UnknownCostCount > 0)
        {
            string waited = Plural.Of(schedule.WaitedStepCount, "step");
            notKnown.Add(
                $"costs of {schedule.UnknownCostCount} of the {waited} that guests wait for (counted as 0)");
        }

        if (!schedule.IsKexecKnown)
        {
            notKnown.Add("how long the jump takes (counted as 0)");
        }

        return notKnown;
    }

    private List<string> NotKnown()
    {
        bool hasBlackout = _set.Sessions.Any(static session => session.Blackout is not null);
        bool hasCost = false;
        int memfdsWithoutSize = 0;
        int tablesNamed = 0;
        int tablesMissing = 0;
        HashSet<int> walked =
        [
            .. _set.Walked.Where(static each => each.WhyNot is null).Select(static each => each.Domain.Index),
        ];
        for (int i = 0; i < _set.Objects.Length; i++)
        {
            PreservedObject found = _set.Objects[i];
            hasCost |= !found.Facts.CostMicroseconds.IsEmpty;
            memfdsWithoutSize += found.Kind == ObjectKind.Memfd && found.Facts.Bytes is null ? 1 : 0;
            if (found.Kind == ObjectKind.IommuDomain && !walked.Contains(i))
            {
                _ = found.Facts.PageTable is null ? tablesMissing++ : tablesNamed++;
            }
        }

        List<string> notKnown = [];
        if (!hasCost)
        {
            notKnown.Add("step costs (so no times)");
        }
        else if (!hasBlackout)
        {
            notKnown.Add("when guests are paused (so no blackouts)");
        }

        if (memfdsWithoutSize > 0)
        {
            notKnown.Add($"sizes of {Plural.Of(memfdsWithoutSize, "memfd")}");
        }

        if (tablesMissing > 0)
        {
            notKnown.Add($"page tables of {Plural.Of(tablesMissing, "domain")}");
        }

        if (tablesNamed > 0)
        {
            notKnown.Add($"page tables of {Plural.Of(tablesNamed, "domain")}: named, not walked "
                + $"({DiagnosticCode.PageTablesNotWalked.Text()})");
        }

        return notKnown;
    }
}
