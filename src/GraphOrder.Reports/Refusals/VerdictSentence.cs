using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The sentence of the first line of a refusal.</summary>
internal static class VerdictSentence
{
    /// <summary>A cycle of two sessions is told as two; everything else as the catalogue tells it.</summary>
    public static string Of(Diagnostic error)
    {
        foreach (DiagnosticFact fact in error.Facts)
        {
            ImmutableArray<string> sessions = fact.List;
            if (error is { Code: DiagnosticCode.SessionCycle, Cycle: { } cycle }
                && fact.Name == "sessions" && !sessions.IsDefault && sessions.Length == 2)
            {
                return $"{PlainText.Id(sessions[0])} and {PlainText.Id(sessions[1])} must each "
                    + $"{cycle.Steps[0].Phase.Name()} before the other.";
            }
        }

        return PlainText.Sentence(DiagnosticSentences.Sentence(error));
    }
}
