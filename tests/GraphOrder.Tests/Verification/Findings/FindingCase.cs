using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Recovery.Answers;

namespace GraphOrder.Tests.Verification.Findings;

/// <summary>
/// A set and a plan with something wrong in it, as a few lines of text, each a word and what it says; the
/// README beside the findings has the words.
/// </summary>
internal sealed class FindingCase
{
    private readonly Dictionary<string, string> _lines;

    /// <summary>Reads the lines of one case.</summary>
    public FindingCase(string title, IEnumerable<string> lines)
    {
        Title = title;
        _lines = QuestionFile.Words(lines);
        Set = SetOf(Line("needs"));
        KernelPair made = AnswerModels.Find(Line("model"));
        Kernels = _lines.TryGetValue("against", out string? other) ? AnswerModels.Find(other) : made;
        Plan = Change(made);
    }

    /// <summary>What the case shows.</summary>
    public string Title { get; }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>The kernels that the plan is checked for, and claims to be for.</summary>
    public KernelPair Kernels { get; }

    /// <summary>The plan, with what is wrong in it.</summary>
    public Plan Plan { get; }

    /// <summary>Checks the plan.</summary>
    public VerifyResult Check() => Line("check") switch
    {
        "certificate" => PlanVerifier.VerifyCertificate(Plan),
        "by name" => PlanVerifier.Verify(Set, Plan),
        _ => PlanVerifier.Verify(Set, Plan, Kernels),
    };

    private string Line(string word) => _lines.GetValueOrDefault(word, "");

    private SessionSet SetOf(string needs) => new AnswerSet(Line("set"), needs, Line("listed")).Build();

    // The plan is made for the needs of "planned", where that line is there, and then claims to be for those
    // of "needs".
    private Plan Change(KernelPair kernels)
    {
        SessionSet planned = _lines.ContainsKey("planned") ? SetOf(Line("planned")) : Set;
        PlanOptions options = new() { WithCertificate = _lines.ContainsKey("check") };
        PlanResult made = Planner.Plan(planned, kernels, options);
        _ = made.GetPlanOrThrow();
        JsonNode document = JsonNode.Parse(PlanWriterTests.Write(made))!;
        document["input"] = Set.Digest.ToString();
        document["model"] = Kernels.ModelName;
        foreach (string change in AnswerCase.Split(Line("change"), ';'))
        {
            Change(document, change);
        }

        return PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())))
            .GetPlanOrThrow();
    }

    // PHASE: STEPS, or PATH = VALUE.
    private static void Change(JsonNode document, string change)
    {
        int colon = change.IndexOf(": ", StringComparison.Ordinal);
        int equals = change.IndexOf(" = ", StringComparison.Ordinal);
        if (equals < 0)
        {
            JsonNode steps = document["phases"]![change[..colon]]!;
            Reorder(steps.AsArray(), AnswerCase.Split(change[(colon + 2)..], ','));
            return;
        }

        string[] path = change[..equals].Split('.');
        JsonNode at = document[path[0]] is null && path.Length > 1 ? document["phases"]! : document;
        foreach (string name in path[..^1])
        {
            at = at is not JsonArray list ? at[name]!
                : int.TryParse(name, out int index) ? list[index]!
                : list.First(step => NameOf(step!) == name)!;
        }

        string value = change[(equals + " = ".Length)..];
        if (value == "nothing")
        {
            at.AsObject().Remove(path[^1]);
        }
        else
        {
            at[path[^1]] = JsonNode.Parse(value);
        }
    }

    // The steps by name, each with its own wave or the one behind "/"; those not named are left out.
    private static void Reorder(JsonArray steps, string[] order)
    {
        List<JsonNode> changed = [];
        foreach (string entry in order)
        {
            string[] parts = entry.Split('/');
            JsonNode step = steps.First(step => NameOf(step!) == parts[0])!.DeepClone();
            step["step"] = changed.Count;
            step["wave"] = parts.Length > 1 ? int.Parse(parts[1], null) : (int)step["wave"]!;
            changed.Add(step);
        }

        steps.Clear();
        changed.ForEach(steps.Add);
    }

    private static string NameOf(JsonNode step) => (string?)step["object"] ?? (string?)step["act"]
        ?? (step["session"] is { } session ? $"session:{(string)session!}" : "everything");
}
