using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphOrder.Conformance;

/// <summary>A question and the bytes that every face answers with; see the README beside this file.</summary>
public sealed class ConformanceVector
{
    private readonly JsonObject _request;
    private readonly Dictionary<string, string> _documents;
    private readonly string[] _tool;

    private ConformanceVector(JsonObject entry)
    {
        Name = entry["name"]!.GetValue<string>();
        Status = entry["status"]!.GetValue<int>();
        _request = entry["request"]!.AsObject();
        _documents = entry["documents"]!.AsObject().ToDictionary(
            static each => each.Key, static each => Path.Combine(Tests, each.Value!.GetValue<string>()));
        _tool = [.. entry["tool"]!.AsArray().Select(static word => word!.GetValue<string>())];
    }

    /// <summary>All of them.</summary>
    public static ConformanceVector[] All { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(Tests, "conformance", "vectors.json")))!.AsArray()
            .Select(static entry => new ConformanceVector(entry!.AsObject())),
    ];

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How it ends: the tool's exit code.</summary>
    public int Status { get; }

    /// <summary>
    /// Whether the tool has a document: what is wrong with a question it tells in a sentence alone.
    /// </summary>
    public bool ToolAnswers => Status <= 1;

    /// <summary>The file with the answer.</summary>
    public string AnswerPath => Path.Combine(Tests, "conformance", "answers", Name + ".json");

    /// <summary>The answer.</summary>
    public string Answer => File.ReadAllText(AnswerPath);

    /// <summary>
    /// The answer as it stands on a line: without its line ends and the indentation after them.
    /// </summary>
    public string AnswerLine => string.Concat(Answer.Split('\n').Select(static line => line.TrimStart(' ')));

    private static string Tests => Repository.In("tests");

    /// <summary>
    /// The request (<c>graphorder/request/1</c>), its documents as they lie in their files.
    /// </summary>
    /// <param name="id">An id to be echoed; null for none.</param>
    public byte[] Request(string? id = null)
    {
        List<string> members = id is null ? [] : [$"\"id\":{JsonSerializer.Serialize(id)}"];
        members.AddRange(_request.Select(static each => $"\"{each.Key}\":{each.Value!.ToJsonString()}"));
        members.AddRange(_documents.Select(static each => $"\"{each.Key}\":{File.ReadAllText(each.Value)}"));
        return Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}");
    }

    /// <summary>The request on one line; no text in its documents holds a line end of its own.</summary>
    public string RequestLine() => Encoding.UTF8.GetString(Request(Name)).ReplaceLineEndings(" ");

    /// <summary>What the tool is told.</summary>
    public string[] ToolArguments() =>
        [.. _tool.Select(word => word.StartsWith('{') ? _documents[word.Trim('{', '}')] : word), "--format", "json"];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
