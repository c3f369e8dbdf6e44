namespace GraphOrder.Tests.Verification.Findings;

/// <summary>What the verifier finds as text: code, subjects, facts and the sentence.</summary>
internal static class FindingText
{
    /// <summary>The lines, one for each finding.</summary>
    public static string Of(VerifyResult verdict)
    {
        string legal = $"  {(verdict.IsLegal ? "legal" : "not legal")}\n";
        return legal + string.Concat(verdict.Diagnostics.Select(found =>
            $"  {found.Code} {found.Severity} of {string.Join(", ", found.Subjects)}"
            + $" ({string.Join(", ", found.Facts.Select(fact => $"{fact.Name} {fact}"))})\n"
            + $"    {DiagnosticSentences.Sentence(found)}\n"));
    }
}
