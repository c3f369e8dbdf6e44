using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The sentence of the first line of a refusal.</summary>
internal static class VerdictSentence
{
    /// <summary>
    /// A cycle of two sessions, or of one and an act, is told as two; everything else as the catalogue tells
    /// it.
    /// </summary>
    public static string Of(Diagnostic error)
    {
        if (error is { Code: DiagnosticCode.SessionCycle, Cycle: { } cycle })
        {
            string phase = cycle.Steps[0].Phase.Name();
            foreach (DiagnosticFact fact in error.Facts)
            {
                if (Pair(fact) is { } pair)
                {
                    return fact.Name == "sessions"
                        ? $"{pair} must each {phase} before the other."
                        : $"{pair} must each come before the other in {phase}.";
                }
            }
        }

        return PlainText.Sentence(DiagnosticSentences.Sentence(error));
    }

    private static string? Pair(DiagnosticFact fact)
    {
        ImmutableArray<string> names = fact.List;
        return fact.Name is "sessions" or "steps" && !names.IsDefault && names.Length == 2
            ? $"{PlainText.Id(names[0])} and {PlainText.Id(names[1])}"
            : null;
    }
}
