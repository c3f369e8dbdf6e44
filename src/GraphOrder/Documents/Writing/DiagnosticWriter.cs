using System.Collections.Immutable;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes a diagnostic as documents hold it: code, severity, message, subjects, and its facts. Places are
/// left out: documents that say the same give the same bytes, however they are laid out.
/// </summary>
public static class DiagnosticWriter
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(diagnostic);
        json.WriteStartObject();
        json.WriteString("code"u8, diagnostic.Code.Text());
        json.WriteString("severity"u8, SeverityName(diagnostic.Severity));
        json.WriteString("message"u8, DiagnosticSentences.Message(diagnostic));
        json.WriteStartArray("subjects"u8);
        foreach (string subject in diagnostic.Subjects)
        {
            json.WriteStringValue(subject);
        }

        json.WriteEndArray();
        foreach (DiagnosticFact fact in diagnostic.Facts)
        {
            WriteFact(json, fact);
        }

        if (diagnostic.Cycle is { } cycle)
        {
            WriteCycle(json, cycle);
        }

        json.WriteEndObject();
    }

    /// <summary>How documents write a severity.</summary>
    public static string SeverityName(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    private static void WriteFact(Utf8JsonWriter json, DiagnosticFact fact)
    {
        if (fact.Text is { } text)
        {
            json.WriteString(fact.Name, text);
        }
        else if (fact.Number is { } number)
        {
            json.WriteNumber(fact.Name, number);
        }
        else if (!fact.List.IsDefault)
        {
            json.WriteStartArray(fact.Name);
            foreach (string entry in fact.List)
            {
                json.WriteStringValue(entry);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteCycle(Utf8JsonWriter json, DependencyCycle cycle)
    {
        json.WriteStartArray("phases"u8);
        foreach (Phase phase in cycle.Phases)
        {
            json.WriteStringValue(phase.Name());
        }

        json.WriteEndArray();
        if (!cycle.IsShortest)
        {
            json.WriteBoolean("shortest"u8, false);
        }

        json.WriteStartArray("cycle"u8);
        foreach (CycleStep step in cycle.Steps)
        {
            WriteStep(json, cycle.Rules, step);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a step of a cycle or of a chain.</summary>
    internal static void WriteStep(Utf8JsonWriter json, ImmutableArray<CyclePhase> rules, CycleStep step)
    {
        json.WriteStartObject();
        json.WriteString("first"u8, step.First);
        json.WriteString("then"u8, step.Then);
        json.WriteString("phase"u8, step.Phase.Name());
        if (step.Rule != CycleRule.FixedBeginning)
        {
            json.WriteString("dependent"u8, step.Dependent);
            json.WriteString("on"u8, step.On);
        }

        WriteIfThere(json, "declaredBy", step.DeclaredBy);
        WriteIfThere(json, "why", step.Why);
        json.WriteString("rule"u8, CycleRuleSentences.Of(rules, step));
        WriteIfThere(json, "joinedBy", step.JoinedBy);
        json.WriteEndObject();
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
