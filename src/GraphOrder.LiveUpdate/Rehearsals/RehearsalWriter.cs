using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>Writes <c>graphorder/simulation/1</c>. Equal rehearsals give equal bytes. Thread-safe.</summary>
public static class RehearsalWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/simulation/1";

    /// <summary>Writes a rehearsal in UTF-8; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="graph">The set.</param>
    /// <param name="rehearsal">What ran.</param>
    /// <param name="trials">Orders drawn by lot; null where none were.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream utf8, DependencyGraph graph, Rehearsal rehearsal, OrderTrials? trials = null)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(rehearsal);
        using (Utf8JsonWriter json = new(utf8, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema"u8, Schema);
            json.WriteString("model"u8, rehearsal.Model);
            json.WriteString("input"u8, graph.Set.Digest.ToString());
            json.WriteBoolean("held"u8, rehearsal.Held);
            json.WriteString("outcome"u8, NameOf(rehearsal.Outcome));
            WriteSteps(json, graph.Set, rehearsal);
            WriteEvents(json, rehearsal);
            json.WriteStartArray("broken"u8);
            foreach (BrokenDependency broken in rehearsal.Broken)
            {
                WriteBroken(json, graph, broken);
            }

            json.WriteEndArray();
            Names(json, "lost", rehearsal.Lost.Select(graph.Set.NameOf));
            Names(json, "unfinished", rehearsal.Unfinished.Select(graph.Set.NameOf));
            if (trials is not null)
            {
                WriteTrials(json, graph.Set, trials);
            }

            json.WriteEndObject();
        }

        utf8.Write("\n"u8);
    }

    /// <summary>A dependency as a set declares it, in one line of JSON.</summary>
    public static string Declaration(SessionSet set, MissingDependency missing)
    {
        ArgumentNullException.ThrowIfNull(set);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            WriteMissing(json, set, missing);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The word for an act.</summary>
    public static string NameOf(RehearsedAct act) => act switch
    {
        RehearsedAct.Create => "create",
        RehearsedAct.Preserve => "preserve",
        RehearsedAct.Act => "act",
        RehearsedAct.Kexec => "kexec",
        RehearsedAct.RetrieveSession => "retrieve-session",
        RehearsedAct.Retrieve => "retrieve",
        RehearsedAct.Finish => "finish",
        RehearsedAct.Close => "close",
        _ => "die",
    };

    private static string NameOf(RehearsalOutcome outcome) => outcome switch
    {
        RehearsalOutcome.Finished => "finished",
        RehearsalOutcome.CalledOff => "called-off",
        RehearsalOutcome.Stuck => "stuck",
        _ => "panicked",
    };

    private static string NameOf(SimulationEventKind kind) => kind switch
    {
        SimulationEventKind.Create => "create",
        SimulationEventKind.Preserve => "preserve",
        SimulationEventKind.Freeze => "freeze",
        SimulationEventKind.Unfreeze => "unfreeze",
        SimulationEventKind.Unpreserve => "unpreserve",
        SimulationEventKind.Jump => "jump",
        SimulationEventKind.Panic => "panic",
        SimulationEventKind.RetrieveSession => "retrieve-session",
        SimulationEventKind.Retrieve => "retrieve",
        SimulationEventKind.AskFinish => "ask-finish",
        SimulationEventKind.Finish => "finish",
        SimulationEventKind.Discard => "discard",
        SimulationEventKind.FinishSession => "finish-session",
        SimulationEventKind.EndSession => "end-session",
        SimulationEventKind.LoseSession => "lose-session",
        SimulationEventKind.FlbPreserve => "flb-preserve",
        SimulationEventKind.FlbUnpreserve => "flb-unpreserve",
        SimulationEventKind.FlbRetrieve => "flb-retrieve",
        _ => "flb-finish",
    };

    private static void WriteSteps(Utf8JsonWriter json, SessionSet set, Rehearsal rehearsal)
    {
        json.WriteStartArray("steps"u8);
        foreach (RehearsedStep step in rehearsal.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("step"u8, step.Number);
            json.WriteString("act"u8, NameOf(step.Act));
            if (step.Session is { } session)
            {
                json.WriteString("session"u8, set.NameOf(session));
            }

            if (step.Object is { } found)
            {
                json.WriteString("object"u8, set.NameOf(found));
            }

            WriteError(json, step.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter json, Rehearsal rehearsal)
    {
        json.WriteStartArray("events"u8);
        foreach (SimulationEvent found in rehearsal.Events)
        {
            json.WriteStartObject();
            json.WriteNumber("kernel"u8, found.Kernel);
            json.WriteString("event"u8, NameOf(found.Kind));
            if (found.Session.Length > 0)
            {
                json.WriteString("session"u8, found.Session);
            }

            if (DependencyWatch.PhaseOf(found.Kind) is not null
                || found.Kind == SimulationEventKind.AskFinish)
            {
                json.WriteString("token"u8, Hexadecimal(found.Token));
            }

            WriteError(json, found.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBroken(Utf8JsonWriter json, DependencyGraph graph, BrokenDependency broken)
    {
        json.WriteStartObject();
        json.WriteNumber("step"u8, broken.Step);
        json.WriteString("phase"u8, broken.Phase.Name());
        json.WriteString("dependent"u8, graph.Set.NameOf(broken.Dependent));
        json.WriteString("on"u8, graph.Set.NameOf(broken.On));
        json.WriteBoolean("declared"u8, broken.Dependency >= 0);
        json.WriteEndObject();
    }

    private static void WriteTrials(Utf8JsonWriter json, SessionSet set, OrderTrials trials)
    {
        json.WriteStartObject("orders"u8);
        json.WriteString("seed"u8, Hexadecimal(trials.Seed));
        json.WriteNumber("tried"u8, trials.Tried);
        json.WriteNumber("broke"u8, trials.Broke);
        if (trials.FirstSeed is { } first)
        {
            json.WriteString("firstSeed"u8, Hexadecimal(first));
        }

        json.WriteNumber("deaths"u8, trials.Deaths);
        json.WriteNumber("deathsThatBroke"u8, trials.DeathsThatBroke);
        json.WriteNumber("deathsThatLost"u8, trials.DeathsThatLost);
        json.WriteStartArray("missing"u8);
        foreach (MissingDependency missing in trials.Missing)
        {
            WriteMissing(json, set, missing);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMissing(Utf8JsonWriter json, SessionSet set, MissingDependency missing)
    {
        json.WriteStartObject();
        json.WriteString("dependent"u8, set.NameOf(missing.Dependent));
        json.WriteString("on"u8, set.NameOf(missing.On));
        if (missing.Phase is { } phase)
        {
            json.WriteStartArray("phases"u8);
            json.WriteStringValue(phase.Name());
            json.WriteEndArray();
        }

        json.WriteString("declaredBy"u8, "simulate");
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Errno error)
    {
        if (error != Errno.None)
        {
            json.WriteString("error"u8, error.Name());
        }
    }

    private static void Names(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (string each in names)
        {
            json.WriteStringValue(each);
        }

        json.WriteEndArray();
    }

    private static string Hexadecimal(ulong number) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");
}
