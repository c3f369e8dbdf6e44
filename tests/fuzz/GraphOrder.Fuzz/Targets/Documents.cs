namespace GraphOrder.Fuzz;

/// <summary>What holds of every refusal of a document.</summary>
internal static class Documents
{
    /// <summary>Each problem has a place and a sentence.</summary>
    /// <exception cref="FindingException">One has not.</exception>
    public static void DemandClear(MalformedDocumentException refused)
    {
        if (refused.Diagnostics.IsEmpty)
        {
            throw new FindingException("a refusal says nothing");
        }

        foreach (Diagnostic problem in refused.Diagnostics)
        {
            if (!problem.Location.IsKnown || DiagnosticSentences.Sentence(problem).Length == 0)
            {
                throw new FindingException($"{problem.Code} has no place, or no sentence");
            }
        }
    }
}
