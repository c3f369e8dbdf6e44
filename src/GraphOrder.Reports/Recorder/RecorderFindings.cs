using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>What is wrong, in the recorder's document: closed walks and diagnostics.</summary>
internal static class RecorderFindings
{
    private const int WalksMax = 50;
    private const int WalkStepsMax = 400;
    private const int DiagnosticsMax = 500;

    public static void Write(Utf8JsonWriter json, DependencyGraph graph, ReportNames names, PlanResult result)
    {
        List<Diagnostic> found = [.. result.Diagnostics.OrderByDescending(static one => one.Severity)];
        int walks = 0;
        json.WriteStartArray("walks");
        foreach (Diagnostic diagnostic in found.Where(static one => one.Cycle is not null))
        {
            if (++walks <= WalksMax)
            {
                WriteWalk(json, graph, names, diagnostic);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("walkCount", walks);
        json.WriteStartArray("diagnostics");
        foreach (Diagnostic diagnostic in found.Take(DiagnosticsMax))
        {
            WriteDiagnostic(json, diagnostic);
        }

        json.WriteEndArray();
        json.WriteNumber("diagnosticCount", found.Count);
    }

    private static void WriteWalk(
        Utf8JsonWriter json, DependencyGraph graph, ReportNames names, Diagnostic diagnostic)
    {
        DependencyCycle cycle = diagnostic.Cycle!;
        CycleMovers movers = new(graph, names, diagnostic);
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code.Text());
        json.WriteString("sentence", PlainText.Sentence(VerdictSentence.Of(diagnostic)));
        json.WriteString("kind", movers.Kind(isAlone: false));
        json.WriteString("phases", cycle.Phases.ToString());
        json.WriteBoolean("shortest", cycle.IsShortest);
        json.WriteNumber("count", cycle.Steps.Length);
        json.WriteStartArray("steps");
        for (int index = 0; index < Math.Min(cycle.Steps.Length, WalkStepsMax); index++)
        {
            CycleStep step = cycle.Steps[index];
            json.WriteStartObject();
            json.WriteString("first", movers.First(index));
            json.WriteString("then", movers.Then(index));
            json.WriteString("order", movers.Participle(index));
            json.WriteString("phase", step.Phase.Name());
            json.WriteString("rule", PlainText.Sentence(CycleRuleSentences.Of(cycle.Rules, step)));
            if (step.Rule != CycleRule.FixedBeginning)
            {
                json.WriteString("dependent", PlainText.Id(step.Dependent));
                json.WriteString("on", PlainText.Id(step.On));
                json.WriteString("who", CycleDeclarers.Of(graph, step));
                json.WriteNumber("line", step.Location.Line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartArray();
        json.WriteStringValue(diagnostic.Code.Text());
        json.WriteNumberValue((int)diagnostic.Severity);
        json.WriteStringValue(PlainText.Sentence(VerdictSentence.Of(diagnostic)));
        json.WriteStringValue(PlainText.Sentence(DiagnosticSentences.WayOut(diagnostic)));
        json.WriteStringValue(DiagnosticCatalogue.Find(diagnostic.Code)?.Title ?? "");
        json.WriteStartArray();
        foreach (string subject in diagnostic.Subjects)
        {
            json.WriteStringValue(subject);
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }
}
