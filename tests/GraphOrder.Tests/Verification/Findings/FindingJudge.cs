namespace GraphOrder.Tests.Verification.Findings;

/// <summary>Judges a finding by the plan's own rows before it may be written down.</summary>
internal static class FindingJudge
{
    /// <summary>What is wrong with the findings; null where nothing is.</summary>
    public static string? Fault(FindingCase asked, VerifyResult verdict)
    {
        foreach (Diagnostic found in verdict.Diagnostics)
        {
            string? fault = found.Code switch
            {
                DiagnosticCode.DependencyViolated or DiagnosticCode.WrongWave => Order(asked, found),
                DiagnosticCode.StepMissing => Count(asked, found) == 0 ? null : "the step is there",
                DiagnosticCode.StepRepeated => Count(asked, found) > 1 ? null : "the step is there once",
                _ => null,
            };
            if (fault is not null)
            {
                return $"{DiagnosticSentences.Sentence(found)} {fault}";
            }
        }

        bool isError = verdict.Diagnostics.Any(found => found.Severity == DiagnosticSeverity.Error);
        return isError == verdict.IsLegal ? "an error and legal, or neither" : null;
    }

    // What should be first is not, by steps or by waves, where both have steps.
    private static string? Order(FindingCase asked, Diagnostic found)
    {
        PlanStep[] steps = [.. asked.Plan[PhaseOf(found)]];
        int[] first = Steps(asked, steps, found.Fact("first"));
        int[] then = Steps(asked, steps, found.Fact("then"));
        if (first.Length == 0 || then.Length == 0)
        {
            return null;
        }

        bool isInOrder = found.Code == DiagnosticCode.DependencyViolated
            ? first.Max() < then.Min()
            : first.Max(step => steps[step].Wave) < then.Min(step => steps[step].Wave);
        return isInOrder ? "what should be first is" : null;
    }

    private static int Count(FindingCase asked, Diagnostic found) =>
        asked.Plan[PhaseOf(found)].Count(step => NameOf(step) == found.Subjects[0]);

    private static Phase PhaseOf(Diagnostic found) => Phases.TryParse(found.Fact("phase"), out Phase phase)
        ? phase
        : throw new ArgumentException($"{found} names no phase.");

    // The steps of an end: of the file that carries it, or of the session that it is in.
    private static int[] Steps(FindingCase asked, PlanStep[] steps, string name)
    {
        return [.. Enumerable.Range(0, steps.Length).Where(Holds)];

        bool Holds(int step)
        {
            bool isCarried = Enumerable.Range(0, steps[step].CarriedCount)
                .Any(i => steps[step].CarriedName(i) == name);
            bool isOfSession = name.StartsWith("session:", StringComparison.Ordinal)
                && steps[step].Session?.Text == name["session:".Length..];
            return isCarried || isOfSession || NameOf(steps[step]) == name;
        }
    }

    private static string NameOf(PlanStep step) => step.ObjectName ?? step.ActName
        ?? (step.Session is { } session ? $"session:{session.Text}" : "everything");
}
