using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>Writes <c>graphorder/diff/1</c>: what changed between two plans. Thread-safe.</summary>
public static class DiffWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/diff/1";

    /// <summary>Writes a difference in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, PlanDifference difference)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(difference);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        Entry(rows, "same", json => json.WriteBooleanValue(difference.IsSame));
        Entry(rows, "identical", json => json.WriteBooleanValue(difference.IsIdentical));
        Entry(rows, "first", json => WriteSide(json, difference.First.Result));
        Entry(rows, "second", json => WriteSide(json, difference.Second.Result));
        Entry(rows, "dependenciesKnown", json => json.WriteBooleanValue(difference.HasDependencies));
        Entry(rows, "movedCount", json => json.WriteNumberValue(difference.MovedCount));
        Entry(rows, "inversions", json => json.WriteNumberValue(difference.TurnedPairs));
        WriteList(rows, "phases", difference.Phases, WritePhase);
        WriteList(rows, "sessions", difference.Sessions, WriteSessions);
        WriteList(rows, "causes", difference.Causes, (json, cause) => WriteCause(json, difference, cause));
        WriteList(rows, "dependencies", difference.Dependencies, WriteChange);
        WriteList(rows, "waiversGone", difference.WaiversGone, (json, text) => json.WriteStringValue(text));
        WriteList(rows, "waiversAdded", difference.WaiversAdded, (json, text) => json.WriteStringValue(text));
        WriteList(rows, "diagnosticsGone", difference.DiagnosticsGone, WriteDiagnostic);
        WriteList(rows, "diagnosticsAdded", difference.DiagnosticsAdded, WriteDiagnostic);
        WriteList(rows, "refusal", difference.Refusal, DiagnosticWriter.Write);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void Entry(RowWriter rows, string name, Action<Utf8JsonWriter> write)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        write(rows.Json);
        rows.End();
    }

    private static void WriteList<T>(
        RowWriter rows, string name, ImmutableArray<T> entries, Action<Utf8JsonWriter, T> write)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": ["));
        foreach (T entry in entries)
        {
            rows.BeginEntry("    "u8);
            write(rows.Json, entry);
            rows.End();
        }

        rows.Layout(entries.IsEmpty ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
    }

    private static void WriteSide(Utf8JsonWriter json, PlanResult result)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, result.Model);
        json.WriteString("input"u8, result.Input.ToString());
        json.WriteString("rules"u8, result.Rules.ToString());
        json.WriteBoolean("legal"u8, result.IsLegal);
        json.WriteEndObject();
    }

    private static void WritePhase(Utf8JsonWriter json, PhaseDifference phase)
    {
        json.WriteStartObject();
        json.WriteString("phase"u8, phase.Phase.Name());
        json.WriteNumber("firstCount"u8, phase.FirstCount);
        json.WriteNumber("secondCount"u8, phase.SecondCount);
        json.WriteBoolean("comparable"u8, phase.IsComparable);
        if (phase.IsComparable)
        {
            json.WriteNumber("commonCount"u8, phase.CommonCount);
            json.WriteNumber("insideSecondCount"u8, phase.InsideSecondCount);
            json.WriteNumber("insideFirstCount"u8, phase.InsideFirstCount);
            json.WriteNumber("tokenChangedCount"u8, phase.TokenChangedCount);
            json.WriteNumber("sessionChangedCount"u8, phase.SessionChangedCount);
            json.WriteNumber("carriedChangedCount"u8, phase.CarriedChangedCount);
            WriteSteps(json, phase.OnlyFirstCount, phase.OnlyFirst, phase.OnlySecondCount, phase.OnlySecond);
            WriteMoved(json, phase.MovedCount, phase.TurnedPairs, phase.Moved);
        }

        json.WriteEndObject();
    }

    private static void WriteSessions(Utf8JsonWriter json, SessionOrderDifference order)
    {
        json.WriteStartObject();
        json.WriteString("order"u8, order.Name);
        json.WriteBoolean("inFirst"u8, order.IsInFirst);
        json.WriteBoolean("inSecond"u8, order.IsInSecond);
        if (order.IsInFirst && order.IsInSecond)
        {
            json.WriteNumber("commonCount"u8, order.CommonCount);
            WriteSteps(json, order.OnlyFirstCount, order.OnlyFirst, order.OnlySecondCount, order.OnlySecond);
            WriteMoved(json, order.MovedCount, order.TurnedPairs, order.Moved);
        }

        json.WriteEndObject();
    }

    private static void WriteSteps(
        Utf8JsonWriter json,
        int firstCount,
        ImmutableArray<StepName> first,
        int secondCount,
        ImmutableArray<StepName> second)
    {
        json.WriteNumber("onlyFirstCount"u8, firstCount);
        WriteNames(json, "onlyFirst", first);
        json.WriteNumber("onlySecondCount"u8, secondCount);
        WriteNames(json, "onlySecond", second);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, ImmutableArray<StepName> steps)
    {
        json.WriteStartArray(name);
        foreach (StepName step in steps)
        {
            json.WriteStartObject();
            WriteName(json, step);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMoved(
        Utf8JsonWriter json, int count, long turned, ImmutableArray<MovedStep> moved)
    {
        json.WriteNumber("movedCount"u8, count);
        json.WriteNumber("inversions"u8, turned);
        json.WriteStartArray("moved"u8);
        foreach (MovedStep step in moved)
        {
            json.WriteStartObject();
            WriteName(json, step.Step);
            json.WriteNumber("first"u8, step.First);
            json.WriteNumber("second"u8, step.Second);
            json.WriteNumber("by"u8, step.By);
            json.WriteNumber("inversions"u8, step.TurnedCount);
            if (step.Other is { } other)
            {
                WriteStep(json, "other", other);
            }

            if (step.Cause >= 0)
            {
                json.WriteNumber("cause"u8, step.Cause);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, StepName step)
    {
        json.WriteStartObject(name);
        WriteName(json, step);
        json.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter json, StepName step)
    {
        switch (step.Kind)
        {
            case StepKind.Act: json.WriteString("act"u8, step.Name); break;
            case StepKind.Session: json.WriteString("session"u8, step.Name); break;
            case StepKind.Everything: json.WriteBoolean("everything"u8, true); break;
            default: json.WriteString("object"u8, step.Name); break;
        }
    }

    private static void WriteCause(Utf8JsonWriter json, PlanDifference difference, OrderCause cause)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, cause.Kind switch
        {
            OrderCauseKind.Dependencies => "dependencies",
            OrderCauseKind.Model => "model",
            OrderCauseKind.Preserve => "preserve",
            OrderCauseKind.Objects => "objects",
            OrderCauseKind.Document => "document",
            OrderCauseKind.Chosen => "chosen",
            _ => "unknown",
        });
        json.WriteNumber("movedCount"u8, cause.MovedCount);
        json.WriteBoolean("whole"u8, cause.IsWhole);
        json.WriteStartArray("dependencies"u8);
        foreach (int change in cause.Changes)
        {
            json.WriteNumberValue(change);
        }

        json.WriteEndArray();
        json.WriteStartObject("witness"u8);
        json.WriteString("phase"u8, cause.Phase.Name());
        WriteWitness(json, "step", cause.Step, cause.StepWaves);
        WriteWitness(json, "other", cause.Other, cause.OtherWaves);
        json.WriteEndObject();
        if (!cause.Chain.IsEmpty)
        {
            KernelPair kernels = (cause.IsChainOfFirst ? difference.First : difference.Second).Kernels!;
            json.WriteString("chainOf"u8, cause.IsChainOfFirst ? "first"u8 : "second"u8);
            json.WriteStartArray("chain"u8);
            foreach (CycleStep step in cause.Chain)
            {
                DiagnosticWriter.WriteStep(json, CycleReport.RulesOf(kernels), step);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteWitness(
        Utf8JsonWriter json, string name, StepName step, (int First, int Second) waves)
    {
        json.WriteStartObject(name);
        WriteName(json, step);
        json.WriteNumber("firstWave"u8, waves.First);
        json.WriteNumber("secondWave"u8, waves.Second);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, DependencyChange change)
    {
        json.WriteStartObject();
        json.WriteString("dependent"u8, change.Dependent);
        json.WriteString("on"u8, change.On);
        WriteState(json, "first", change.First);
        WriteState(json, "second", change.Second);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, string name, DependencyState? state)
    {
        if (state is null)
        {
            return;
        }

        json.WriteStartObject(name);
        WritePhases(json, "hard", state.Hard);
        WritePhases(json, "soft", state.Soft);
        WritePhases(json, "waived", state.Waived);
        if (!state.Soft.IsEmpty)
        {
            json.WriteNumber("weight"u8, state.Weight);
        }

        SessionObjectWriter.Text(json, "declaredBy", state.Origin.DeclaredBy);
        SessionObjectWriter.Text(json, "why", state.Origin.Why);
        if (state.Origin.Location.IsKnown)
        {
            json.WriteNumber("line"u8, state.Origin.Location.Line);
            json.WriteNumber("column"u8, state.Origin.Location.Column);
        }

        json.WriteEndObject();
    }

    private static void WritePhases(Utf8JsonWriter json, string name, PhaseSet phases)
    {
        if (phases.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (Phase phase in phases)
        {
            json.WriteStringValue(phase.Name());
        }

        json.WriteEndArray();
    }

    // What a document that was read keeps of a diagnostic; the other one is told alike.
    private static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, diagnostic.Code.Text());
        json.WriteString("severity"u8, DiagnosticWriter.SeverityName(diagnostic.Severity));
        json.WriteStartArray("subjects"u8);
        foreach (string subject in diagnostic.Subjects)
        {
            json.WriteStringValue(subject);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
