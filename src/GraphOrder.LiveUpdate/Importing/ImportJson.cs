using System.Text.Json;
using System.Text.Unicode;

namespace GraphOrder.LiveUpdate;

/// <summary>A value of a JSON document, with its path for errors.</summary>
/// <param name="Source">The file.</param>
/// <param name="Path">Where it stands; empty for the document.</param>
/// <param name="Value">The value.</param>
internal readonly record struct ImportJson(string Source, string Path, JsonElement Value)
{
    private const int DepthMax = 64;

    /// <summary>Reads a document whose root is an object.</summary>
    /// <exception cref="ImportException">It is none.</exception>
    public static ImportJson Read(string source, ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            throw ImportException.Unexpected(source, default, "something that is no UTF-8", "JSON in UTF-8");
        }

        try
        {
            JsonDocument document = JsonDocument.Parse(
                bytes, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            ImportJson root = new(source, "", document.RootElement);
            return root.As(JsonValueKind.Object, "an object");
        }
        catch (InvalidOperationException)
        {
            throw ImportException.Unexpected(source, default, "half a character in a name", "a name");
        }
        catch (JsonException error)
        {
            int line = (int)Math.Min(error.LineNumber ?? 0, int.MaxValue - 1) + 1;
            int column = (int)Math.Min(error.BytePositionInLine ?? 0, int.MaxValue - 1) + 1;
            throw IsCutOff(bytes.Span)
                ? ImportException.CutOff(source, new(line, column), "the rest of the JSON")
                : ImportException.Unexpected(
                    source,
                    new(line, column),
                    "something that is no JSON",
                    "JSON",
                    ForeignText.HintOf(bytes.Span));
        }
    }

    // What could still become JSON if more followed.
    private static bool IsCutOff(ReadOnlySpan<byte> bytes)
    {
        Utf8JsonReader reader = new(
            bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = DepthMax }));
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A member; null where it is not there.</summary>
    public ImportJson? Find(string name) =>
        As(JsonValueKind.Object, "an object").Value.TryGetProperty(name, out JsonElement found)
        && found.ValueKind != JsonValueKind.Null
            ? new(Source, Path.Length == 0 ? name : $"{Path}.{name}", found)
            : null;

    /// <summary>A member that must be there.</summary>
    public ImportJson Get(string name) => Find(name) ?? throw Unexpected("nothing", $"member '{name}'");

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, ImportJson Value)> Members()
    {
        ImportJson self = As(JsonValueKind.Object, "an object");
        foreach (JsonProperty property in self.Value.EnumerateObject())
        {
            string name = NameOf(property);
            yield return (name, new(Source, $"{Path}.{name}", property.Value));
        }
    }

    /// <summary>The entries of a list.</summary>
    public IEnumerable<ImportJson> Entries()
    {
        ImportJson self = As(JsonValueKind.Array, "a list");
        int i = 0;
        foreach (JsonElement entry in self.Value.EnumerateArray())
        {
            yield return new(Source, $"{Path}[{i++}]", entry);
        }
    }

    /// <summary>The text that it is.</summary>
    public string Text()
    {
        try
        {
            return As(JsonValueKind.String, "a text").Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Unexpected("half a character", "a text");
        }
    }

    /// <summary>The number that it is, from 0 up.</summary>
    public ulong Number() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetUInt64(out ulong number)
            ? number
            : throw Unexpected(Shown(), "a number from 0 up");

    /// <summary>Whether it is true.</summary>
    public bool IsTrue() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Value.ValueKind == JsonValueKind.True
        : throw Unexpected(Shown(), "true or false");

    /// <summary>Something else stands here than is due.</summary>
    public ImportException Unexpected(string found, string expected) => ImportException.Unexpected(
        Source, default, Path.Length == 0 ? found : $"{found} at {Shortened(Path)}", expected);

    private ImportJson As(JsonValueKind kind, string expected) =>
        Value.ValueKind == kind ? this : throw Unexpected(Shown(), expected);

    private string Shown() => Value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => ImportLines.Quoted(Value.GetRawText()),
    };

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Unexpected("half a character in a name", "a name");
        }
    }

    private static string Shortened(string path) => path.Length <= 80 ? path : path[..80] + "...";
}
