using System.Text;

namespace GraphOrder.Tests.Planning.Answers;

/// <summary>What the planner answers as text: every step with its wave, or every finding with its walk.
/// </summary>
internal static class PlanAnswerText
{
    /// <summary>The lines, indented.</summary>
    public static string Of(string model, PlanResult answer)
    {
        StringBuilder text = new($"  {model}: {(answer.IsLegal ? "legal" : "refused")}\n");
        if (answer.TryGetPlan(out Plan? plan))
        {
            foreach (Phase phase in Phases.All)
            {
                text.Append($"    {phase.Name()}: {List(plan[phase].Select(StepOf))}\n");
            }

            text.Append($"    sessions: {List(OrdersOf(plan.Sessions), "; ")}\n");
            text.Append(plan.Waived.IsEmpty ? "" : $"    waived: {string.Join(", ", plan.Waived)}\n");
        }

        // Which tokens were assigned is the same in each, and said elsewhere.
        foreach (Diagnostic found in answer.Diagnostics)
        {
            if (found.Code != DiagnosticCode.TokensAssigned)
            {
                Append(text, found);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> OrdersOf(SessionOrders orders)
    {
        string[] names =
        [
            "create", "retrieve", "finish", "close", .. orders.Others.Select(static other => other.Name),
        ];
        return names
            .Where(name => !orders.Find(name).IsDefault)
            .Select(name => $"{name} {List(orders.Find(name).Select(session => session.Text))}");
    }

    private static string List(IEnumerable<string> words, string separator = ", ") =>
        words.Any() ? string.Join(separator, words) : "nothing";

    private static string StepOf(PlanStep step)
    {
        string name = step.ObjectName ?? step.ActName ?? (step.Session is { } session
            ? $"session:{session.Text}"
            : "everything");
        string[] carried = [.. Enumerable.Range(0, step.CarriedCount).Select(step.CarriedName)];
        return name + (carried.Length > 0 ? $" with {string.Join(" and ", carried)}" : "") + $"/{step.Wave}";
    }

    private static void Append(StringBuilder text, Diagnostic found)
    {
        string facts = string.Join("; ", found.Facts.Select(fact => $"{fact.Name} {fact}"));
        text.Append($"    {found.Code} {found.Severity} of {string.Join(", ", found.Subjects)} ({facts})\n");
        text.Append($"      {DiagnosticSentences.Sentence(found)}\n");
        if (DiagnosticSentences.WayOut(found) is { Length: > 0 } wayOut)
        {
            text.Append($"      {wayOut}\n");
        }

        if (found.Cycle is not { } cycle)
        {
            return;
        }

        text.Append($"      in {cycle.Phases}{(cycle.IsShortest ? ", none is shorter" : "")}\n");
        foreach (CycleStep step in cycle.Steps)
        {
            text.Append($"      {step.First} before {step.Then} in {step.Phase.Name()}: {step.Rule}, "
                + $"'{step.Dependent}' needs '{step.On}'"
                + $"{(step.DeclaredBy is { } who ? $", says {who} at {step.Location}: {step.Why}" : "")}"
                + $"{(step.JoinedBy is { } joined ? $", joined by {joined}" : "")}\n");
        }

        CyclePhase rule = cycle.Rules[(int)cycle.Steps[0].Phase];
        text.Append($"      {rule.Phase.Name()} of {rule.Model}: {rule.Between ?? "mixed"}"
            + $"{(rule.IsBackward ? " backward" : "")}{(rule.IsCalledBySession ? ", by session" : "")}"
            + $"{(rule.IsAtOnce ? ", at once" : "")}\n");
    }
}
