using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>The set's part of the recorder's document: sessions, objects and dependencies as rows.</summary>
internal static class RecorderGraph
{
    public static void Write(
        Utf8JsonWriter json, DependencyGraph graph, ReportNames names, BindingPhases binding)
    {
        WriteSessions(json, graph, names);
        WriteObjects(json, graph, names);
        WriteRawNames(json, graph, names);
        WriteDependencies(json, graph, binding);
    }

    /// <summary>An end as a number: an object's index, or ~ of a session's.</summary>
    public static int CodeOf(DependencyEnd end) => end.IsSession ? ~end.SessionId.Index : end.ObjectId.Index;

    private static void WriteSessions(Utf8JsonWriter json, DependencyGraph graph, ReportNames names)
    {
        AlikeSessions alike = new(graph, names);
        json.WriteStartArray("sessions");
        for (int index = 0; index < graph.SessionCount; index++)
        {
            SessionId session = new(index);
            json.WriteStartArray();
            json.WriteStringValue(names.Of(session));
            json.WriteNumberValue(graph.Set.Sessions[index].Location.Line);
            json.WriteNumberValue(alike.GroupOf(session));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteObjects(Utf8JsonWriter json, DependencyGraph graph, ReportNames names)
    {
        Dictionary<ObjectKind, int> kinds = [];
        json.WriteStartArray("objects");
        for (int index = 0; index < graph.ObjectCount; index++)
        {
            ObjectId id = new(index);
            PreservedObject found = graph[id];
            if (!kinds.TryGetValue(found.Kind, out int kind))
            {
                kinds.Add(found.Kind, kind = kinds.Count);
            }

            json.WriteStartArray();
            json.WriteStringValue(names.Of(id));
            json.WriteNumberValue(kind);
            json.WriteNumberValue((graph.SessionOf(id) ?? found.Act?.Session)?.Index ?? -1);
            json.WriteNumberValue(graph.FileOf(id)?.Index ?? -1);
            json.WriteStringValue(found.IsFile ? $"0x{graph.TokenOf(id):x}" : "");
            json.WriteNumberValue(found.Location.Line);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("kinds");
        foreach (ObjectKind kind in kinds.Keys)
        {
            json.WriteStringValue(PlainText.Id(kind.ToString()));
        }

        json.WriteEndArray();
    }

    // What a plan or a journal calls by a name that is shown escaped here.
    private static void WriteRawNames(Utf8JsonWriter json, DependencyGraph graph, ReportNames names)
    {
        json.WriteStartObject("raw");
        for (int index = 0; index < graph.ObjectCount; index++)
        {
            WriteRaw($"{index}", names.Of(new ObjectId(index)), graph.Set.NameOf(new ObjectId(index)));
        }

        for (int index = 0; index < graph.SessionCount; index++)
        {
            WriteRaw($"{~index}", names.Of(new SessionId(index)), graph.Set.NameOf(new SessionId(index)));
        }

        json.WriteEndObject();

        void WriteRaw(string code, string shown, string raw)
        {
            if (shown != raw)
            {
                json.WriteString(code, raw);
            }
        }
    }

    private static void WriteDependencies(Utf8JsonWriter json, DependencyGraph graph, BindingPhases binding)
    {
        Dictionary<string, int> words = new(StringComparer.Ordinal);
        json.WriteStartArray("dependencies");
        foreach (ref readonly Dependency dependency in graph.Dependencies)
        {
            DependencyOrigin origin = dependency.Origin;
            json.WriteStartArray();
            json.WriteNumberValue(CodeOf(dependency.Dependent));
            json.WriteNumberValue(CodeOf(dependency.On));
            json.WriteNumberValue(BitsOf(dependency.Phases));
            json.WriteNumberValue(BitsOf(binding.Of(dependency)));
            json.WriteNumberValue(dependency.Strength == DependencyStrength.Soft ? dependency.Weight : 0);
            json.WriteNumberValue((int)origin.Source);
            json.WriteNumberValue(origin.Location.Line);
            json.WriteNumberValue(NumberOf(origin.DeclaredBy is { } by ? PlainText.Id(by) : null));
            json.WriteNumberValue(NumberOf(WhyOf(origin)));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("words");
        foreach (string word in words.Keys)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();

        int NumberOf(string? shown)
        {
            if (shown is null)
            {
                return -1;
            }

            if (!words.TryGetValue(shown, out int number))
            {
                words.Add(shown, number = words.Count);
            }

            return number;
        }
    }

    private static string? WhyOf(DependencyOrigin origin) => origin.Why is not { } why ? null
        : origin.Source == DependencySource.Mapped ? PlainText.Id(why)
        : PlainText.Quoted(why);

    private static int BitsOf(PhaseSet phases)
    {
        int bits = 0;
        foreach (Phase phase in phases)
        {
            bits |= 1 << (int)phase;
        }

        return bits;
    }
}
