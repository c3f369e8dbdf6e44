using System.Collections.Immutable;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/error/1</c>: what prevented an answer, as one sentence and as facts with their
/// places. Thread-safe.
/// </summary>
public static class ErrorWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/error/1";

    /// <summary>Writes an error in UTF-8 with line feeds; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="status">What the tool would end with.</param>
    /// <param name="message">What is wrong, and one way out.</param>
    /// <param name="document">
    /// The document that places are in, by the member of the request that holds it, or <c>request</c>; null
    /// where no place is told.
    /// </param>
    /// <param name="diagnostics">The problems of that document.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream utf8,
        int status,
        string message,
        string? document = null,
        ImmutableArray<Diagnostic> diagnostics = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(message);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.BeginEntry("  "u8);
        rows.Layout("\"status\": "u8);
        rows.Json.WriteNumberValue(status);
        rows.End();
        rows.Member("message", message);
        if (document is not null)
        {
            rows.Member("document", document);
        }

        ImmutableArray<Diagnostic> problems = diagnostics.IsDefault ? [] : diagnostics;
        rows.BeginEntry("  "u8);
        rows.Layout("\"diagnostics\": ["u8);
        foreach (Diagnostic problem in problems)
        {
            rows.BeginEntry("    "u8);
            WritePlaced(rows.Json, problem);
            rows.End();
        }

        rows.Layout(problems.IsEmpty ? "]\n}\n"u8 : "\n  ]\n}\n"u8);
        rows.Flush();
    }

    private static void WritePlaced(Utf8JsonWriter json, Diagnostic problem)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, problem.Code.Text());
        json.WriteString("severity"u8, DiagnosticWriter.SeverityName(problem.Severity));
        json.WriteString("message"u8, DiagnosticSentences.Message(problem));
        if (problem.Location.IsKnown)
        {
            json.WriteNumber("line"u8, problem.Location.Line);
            json.WriteNumber("column"u8, problem.Location.Column);
        }

        json.WriteEndObject();
    }
}
