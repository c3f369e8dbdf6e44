using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>
/// The part of the recorder's document that tells what changed from another plan, with its causes and its
/// text form.
/// </summary>
internal static class RecorderDifference
{
    public static void Write(Utf8JsonWriter json, PlanDifference difference, DiffTextOptions options)
    {
        StringWriter text = new() { NewLine = "\n" };
        TextReport.WriteDiff(text, difference, options with { Colour = false });
        json.WriteStartObject("difference");
        json.WriteString("text", text.ToString());
        json.WriteStartObject("first");
        json.WriteString("name", options.FirstName);
        json.WriteEndObject();
        json.WriteStartObject("second");
        json.WriteString("name", options.SecondName);
        json.WriteEndObject();
        json.WriteStartArray("causes");
        foreach (OrderCause cause in difference.Causes)
        {
            json.WriteStringValue(CauseSentence.Of(difference, cause));
        }

        json.WriteEndArray();
        json.WriteStartArray("phases");
        foreach (PhaseDifference phase in difference.Phases)
        {
            WritePhase(json, phase);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePhase(Utf8JsonWriter json, PhaseDifference phase)
    {
        json.WriteStartObject();
        json.WriteString("phase", phase.Phase.Name());
        json.WriteBoolean("isComparable", phase.IsComparable);
        json.WriteNumber("movedCount", phase.MovedCount);
        json.WriteNumber("turnedPairs", phase.TurnedPairs);
        json.WriteNumber("onlyFirstCount", phase.OnlyFirstCount);
        json.WriteNumber("onlySecondCount", phase.OnlySecondCount);
        json.WriteStartArray("moved");
        foreach (MovedStep step in phase.Moved)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(step.Step.Kind));
            json.WriteString("name", step.Step.Name);
            json.WriteNumber("first", step.First);
            json.WriteNumber("second", step.Second);
            json.WriteNumber("by", step.By);
            json.WriteNumber("turned", step.TurnedCount);
            if (step.Cause >= 0)
            {
                json.WriteNumber("cause", step.Cause);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string KindOf(StepKind kind) => kind switch
    {
        StepKind.Session => "session",
        StepKind.Everything => "everything",
        _ => "object",
    };
}
