using System.Text.Json;

namespace GraphOrder;

/// <summary>Writes <c>graphorder/why/1</c>: why one end goes before another. Thread-safe.</summary>
public static class WhyWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/why/1";

    /// <summary>Writes an explanation in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, SessionSet set, OrderExplanation why)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(why);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.Member("model", why.Model);
        rows.Member("input", set.Digest.ToString());
        rows.Member("phase", why.Rule.Phase.Name());
        rows.Member("first", why.First);
        rows.Member("then", why.Then);
        rows.Member("verdict", NameOf(why.Verdict));
        if (why.MovesIn is { } mover)
        {
            rows.Member("movesIn", mover);
        }

        WritePlaces(rows, why);
        rows.Chain("  ", "chain", why.Rules, why.Chain);
        if (why.Counterfactual is { } counterfactual)
        {
            rows.BeginEntry("  "u8);
            rows.Layout("\"toTurn\": "u8);
            WriteCounterfactual(rows.Json, counterfactual);
            rows.End();
        }

        rows.Problems(why.Problems);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static string NameOf(OrderVerdict verdict) => verdict switch
    {
        OrderVerdict.First => "first",
        OrderVerdict.Then => "then",
        OrderVerdict.Free => "free",
        OrderVerdict.Together => "together",
        OrderVerdict.Partly => "partly",
        _ => "contradiction",
    };

    private static void WritePlaces(RowWriter rows, OrderExplanation why)
    {
        if (why.FirstPlace is not { } first || why.ThenPlace is not { } then)
        {
            return;
        }

        rows.BeginEntry("  "u8);
        rows.Layout("\"places\": "u8);
        rows.Json.WriteStartObject();
        WritePlace(rows.Json, "first", first);
        WritePlace(rows.Json, "then", then);
        rows.Json.WriteEndObject();
        rows.End();
    }

    private static void WritePlace(Utf8JsonWriter json, string name, PlannedPlace place)
    {
        json.WriteStartObject(name);
        json.WriteNumber("step"u8, place.Step);
        json.WriteNumber("wave"u8, place.Wave);
        json.WriteEndObject();
    }

    private static void WriteCounterfactual(Utf8JsonWriter json, Counterfactual counterfactual)
    {
        json.WriteStartObject();
        json.WriteBoolean("possible"u8, counterfactual.IsPossible);
        json.WriteBoolean("exact"u8, counterfactual.IsExact);
        json.WriteNumber("hardCountMin"u8, counterfactual.HardCountMin);
        json.WriteBoolean("verified"u8, counterfactual.IsVerified);
        json.WriteStartArray("drop"u8);
        foreach (DroppedDependency dropped in counterfactual.Dropped)
        {
            json.WriteStartObject();
            json.WriteString("dependent"u8, dropped.Dependent);
            json.WriteString("on"u8, dropped.On);
            json.WriteStartArray("phases"u8);
            foreach (Phase phase in dropped.Phases)
            {
                json.WriteStringValue(phase.Name());
            }

            json.WriteEndArray();
            if (dropped.Strength == DependencyStrength.Soft)
            {
                json.WriteString("strength"u8, "soft"u8);
                json.WriteNumber("weight"u8, dropped.Weight);
            }

            SessionObjectWriter.Text(json, "declaredBy", dropped.Origin.DeclaredBy);
            SessionObjectWriter.Text(json, "why", dropped.Origin.Why);
            if (dropped.Origin.Location.IsKnown)
            {
                json.WriteNumber("line"u8, dropped.Origin.Location.Line);
                json.WriteNumber("column"u8, dropped.Origin.Location.Column);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
