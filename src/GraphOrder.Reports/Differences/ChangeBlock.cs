using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>What changed beside the order: dependencies, waivers, diagnostics.</summary>
internal sealed class ChangeBlock
{
    private const int ShownMax = 10;
    private const int SubjectsShownMax = 4;
    private const int LabelColumn = 2;
    private const int TextColumn = 12;

    private readonly ReportLines _lines;
    private readonly PlanDifference _difference;
    private readonly ChangeLines _changes;

    public ChangeBlock(ReportLines lines, PlanDifference difference, DiffTextOptions options)
    {
        _lines = lines;
        _difference = difference;
        _changes = new ChangeLines(lines, options, LabelColumn, TextColumn);
    }

    public void Write()
    {
        WriteDependencies();
        WriteTexts("WAIVERS", _difference.WaiversAdded, _difference.WaiversGone, PlainText.Id);
        WriteTexts(
            "FINDINGS",
            _difference.DiagnosticsAdded,
            _difference.DiagnosticsGone,
            static found => $"{found.Code.Text()} {DiagnosticWriter.SeverityName(found.Severity)}: "
                + SubjectsOf(found));
    }

    /// <summary>What a diagnostic is about.</summary>
    public static string SubjectsOf(Diagnostic diagnostic)
    {
        string names = string.Join(
            ", ", diagnostic.Subjects.Take(SubjectsShownMax).Select(PlainText.Id));
        int left = diagnostic.Subjects.Length - SubjectsShownMax;
        string title = DiagnosticCatalogue.Find(diagnostic.Code)?.Title ?? "";
        return names.Length == 0 ? title : left > 0 ? $"{names} and {StepWords.Number(left)} more" : names;
    }

    private void WriteDependencies()
    {
        ImmutableArray<DependencyChange> all = _difference.Dependencies;
        HashSet<int> told = [.. _difference.Causes.SelectMany(static cause => cause.Changes)];
        if (all.IsEmpty)
        {
            return;
        }

        int added = all.Count(static change => change.First is null);
        int gone = all.Count(static change => change.Second is null);
        string counts = $"{StepWords.Number(added)} new, {StepWords.Number(gone)} gone, "
            + $"{StepWords.Number(all.Length - added - gone)} changed";
        string rest = told.Count == 0 ? ""
            : told.Count == all.Length ? "; told above"
            : $"; {StepWords.Number(told.Count)} told above";
        _lines.Blank();
        _lines.Labelled(0, "DEPENDENCIES", 14, counts + rest);
        int shown = 0;
        for (int i = 0; i < all.Length && shown < ShownMax; i++)
        {
            if (!told.Contains(i))
            {
                shown++;
                _changes.Write("", all[i]);
            }
        }

        Left(all.Length - told.Count - shown);
    }

    private void WriteTexts<T>(
        string title, ImmutableArray<T> added, ImmutableArray<T> gone, Func<T, string> text)
    {
        if (added.IsEmpty && gone.IsEmpty)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, title);
        Write("new", added);
        Write("gone", gone);

        void Write(string label, ImmutableArray<T> entries)
        {
            foreach (T entry in entries.Take(ShownMax))
            {
                _lines.Labelled(LabelColumn, label, TextColumn, text(entry));
            }

            Left(entries.Length - ShownMax);
        }
    }

    private void Left(int count)
    {
        if (count > 0)
        {
            _lines.Wrapped(
                LabelColumn, $"... {StepWords.Number(count)} more; --format json has them all ...");
        }
    }
}
