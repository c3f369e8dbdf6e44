using System.Collections.Immutable;
using System.Text;

namespace GraphOrder.Cli;

/// <summary>Prints the problems of a document as compilers do: place, code, sentence, way out.</summary>
internal static class Malformed
{
    /// <summary>One line a problem.</summary>
    public static string Describe(MalformedDocumentException error) =>
        Describe(error.SourceName, error.Diagnostics);

    /// <summary>One line a problem.</summary>
    public static string Describe(string? sourceName, ImmutableArray<Diagnostic> problems)
    {
        StringBuilder text = new();
        foreach (Diagnostic problem in problems)
        {
            text.Append(sourceName);
            text.Append(problem.Location.IsKnown ? $":{problem.Location}" : "");
            text.Append($": {DiagnosticWriter.SeverityName(problem.Severity)} {problem.Code.Text()}: ");
            text.Append(Printable.Of(DiagnosticSentences.Message(problem))).Append('\n');
        }

        return text.ToString();
    }
}
