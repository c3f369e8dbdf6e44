namespace GraphOrder.Reports;

/// <summary>A dependency that changed: what it is, where it stands, who declared it, what changed.</summary>
internal sealed class ChangeLines(ReportLines lines, DiffTextOptions options, int labelColumn, int textColumn)
{
    private const int PlaceGap = 4;

    /// <summary>Writes it.</summary>
    /// <param name="number">In front of it; empty for none.</param>
    /// <param name="change">The change.</param>
    public void Write(string number, DependencyChange change)
    {
        bool isGone = change.Second is null;
        DependencyState state = change.Second ?? change.First!;
        string word = isGone ? "gone" : change.First is null ? "new" : "changed";
        string dependency = $"{PlainText.Id(change.Dependent)} needs {PlainText.Id(change.On)}";
        string place = Place(state, isGone);
        bool fits = textColumn + dependency.Length + PlaceGap + place.Length <= lines.Width;
        lines.Cells(
        [
            new Cell(1, number),
            new Cell(labelColumn, word),
            new Cell(textColumn, dependency),
            new Cell(textColumn + dependency.Length + PlaceGap, fits ? place : ""),
        ]);
        if (!fits)
        {
            lines.Wrapped(textColumn, place);
        }

        if (Declarer(state.Origin) is { } declarer)
        {
            lines.Wrapped(textColumn, declarer);
        }

        string binding = isGone || change.First is null
            ? Binding(state)
            : $"{Binding(change.First!)} -> {Binding(state)}";
        lines.Wrapped(textColumn, binding);
    }

    private string Place(DependencyState state, bool isGone)
    {
        string? set = isGone ? options.FirstSetName : options.SecondSetName;
        return state.Origin.Location.IsKnown && set is not null
            ? $"{PlainText.Whole(set)}:{state.Origin.Location.Line}"
            : "";
    }

    private static string? Declarer(DependencyOrigin origin) => origin switch
    {
        { DeclaredBy: { } by, Why: { } why } => $"declared by {PlainText.Id(by)}: {PlainText.Quoted(why)}",
        { DeclaredBy: { } by } => $"declared by {PlainText.Id(by)}",
        { Why: { } why } => $"declared: {PlainText.Quoted(why)}",
        { Source: DependencySource.Needs } => "from \"needs\"",
        { Source: DependencySource.Describes } => "from \"describes\"",
        { Source: DependencySource.Mapped } => "found in a page table",
        _ => null,
    };

    private static string Binding(DependencyState state)
    {
        List<string> parts = [];
        if (!state.Hard.IsEmpty)
        {
            parts.Add($"in {Words(state.Hard)}");
        }

        if (!state.Soft.IsEmpty)
        {
            string waived = state.Waived.IsEmpty ? ""
                : state.Waived == state.Soft ? ", waived"
                : $", waived in {Words(state.Waived)}";
            parts.Add($"soft (weight {StepWords.Number(state.Weight)}) in {Words(state.Soft)}{waived}");
        }

        return string.Join("; ", parts);
    }

    private static string Words(PhaseSet phases) => phases == PhaseSet.All ? "all phases"
        : phases == PhaseSet.Default ? "all phases but unfreeze"
        : phases.ToString();
}
