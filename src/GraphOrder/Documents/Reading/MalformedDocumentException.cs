using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A document cannot be read. It carries every problem that was found, sorted by place.</summary>
public sealed class MalformedDocumentException : Exception
{
    private const string DocumentPrefix = "graphorder/";
    private const string SetPrefix = "graphorder/session-set/";

    internal MalformedDocumentException(string? sourceName, ImmutableArray<Diagnostic> diagnostics)
        : base(MessageOf(sourceName, diagnostics[0]))
    {
        SourceName = sourceName;
        Diagnostics = diagnostics;
    }

    /// <summary>What was read, as the caller named it.</summary>
    public string? SourceName { get; }

    /// <summary>The problems; at least one.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Line of the first problem, from 1 up.</summary>
    public int Line => Diagnostics[0].Location.Line;

    /// <summary>Column of the first problem, from 1 up, counted in bytes of UTF-8.</summary>
    public int Column => Diagnostics[0].Location.Column;

    /// <summary>
    /// The schema of the document, where it is one of GraphOrder's and no session set, and nothing else was
    /// wrong with it; otherwise null.
    /// </summary>
    public string? OtherSchema =>
        Diagnostics is [{ Code: DiagnosticCode.WrongSchema } wrong]
        && wrong.Fact("found") is { } schema
        && schema.StartsWith(DocumentPrefix, StringComparison.Ordinal)
        && !schema.StartsWith(SetPrefix, StringComparison.Ordinal)
            ? schema
            : null;

    private static string MessageOf(string? sourceName, Diagnostic first) =>
        $"{sourceName ?? "document"}:{first.Location}: error {first.Code.Text()}: "
        + $"{DiagnosticSentences.Sentence(first)}";
}
