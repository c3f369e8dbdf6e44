namespace GraphOrder.LiveUpdate;

/// <summary>Ends an import: what is read cannot be made a set. Caught where the import began.</summary>
internal sealed class ImportException(Diagnostic diagnostic, string? sourceName = null) : Exception
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public string? SourceName { get; } = sourceName;

    /// <summary>A part of a hand-over is wrong.</summary>
    public static ImportException Part(
        DiagnosticCode code, string what, ulong physical, params ReadOnlySpan<DiagnosticFact> facts) =>
        new(new(code, DiagnosticSeverity.Error)
        {
            Facts = [new("what", what), new("physical", $"0x{physical:x}"), .. facts],
        });

    /// <summary>A part of a hand-over breaks a rule.</summary>
    public static ImportException Contradicts(string what, ulong physical, string rule) =>
        Part(DiagnosticCode.HandOverContradicts, what, physical, new DiagnosticFact("rule", rule));

    /// <summary>Something else stands in a text than is due there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where.</param>
    /// <param name="found">What stands there, with its article or in quotes.</param>
    /// <param name="expected">What is due.</param>
    /// <param name="hint">What to do, without a full stop; null for the usual.</param>
    public static ImportException Unexpected(
        string? file, SourceLocation place, string found, string expected, string? hint = null) =>
        Text(file, place, new("found", found), new("expected", expected), hint);

    /// <summary>A text ends in its middle.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where.</param>
    /// <param name="expected">What is due.</param>
    public static ImportException CutOff(string? file, SourceLocation place, string expected) =>
        Text(file, place, new("cut", "The file"), new("expected", expected), ForeignText.HintOfCut);

    private static ImportException Text(
        string? file, SourceLocation place, DiagnosticFact found, DiagnosticFact expected, string? hint) =>
        new(
            new(DiagnosticCode.ImportUnexpected, DiagnosticSeverity.Error)
            {
                Facts = hint is null ? [found, expected] : [found, expected, new("hint", hint)],
                Location = place,
            },
            file);
}
