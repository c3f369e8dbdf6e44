using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>
/// A question to <c>recover</c> as a few lines of text, each a word and what it says; the README beside the
/// answers has the words.
/// </summary>
internal sealed class AnswerCase
{
    private const char ListSeparator = ',';
    private const char PartSeparator = ';';

    private readonly Dictionary<string, string> _lines;

    /// <summary>Reads the lines of one question.</summary>
    public AnswerCase(string title, IEnumerable<string> lines)
    {
        Title = title;
        _lines = QuestionFile.Words(lines);
        Set = new AnswerSet(Line("set"), Line("needs"), Line("listed")).Build();
        Kernels = AnswerModels.Find(Line("model"));
        State = ReadState();
        Options = new RecoveryOptions
        {
            AssumeQuiet = [.. Split(Line("quiet"), ListSeparator).Select(End)],
            Plan = ReadPlan(),
        };
    }

    /// <summary>What the answer shows.</summary>
    public string Title { get; }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>The kernels.</summary>
    public KernelPair Kernels { get; }

    /// <summary>How far the host came.</summary>
    public HostState State { get; }

    /// <summary>What is known beside that.</summary>
    public RecoveryOptions Options { get; }

    /// <summary>The dependencies that the plan waives, as the plan writes them.</summary>
    public string[] Waived => Split(Line("waive"), ListSeparator);

    /// <summary>Asks.</summary>
    public RecoveryResult Ask() => RecoveryPlanner.Recover(DependencyGraph.Of(Set), Kernels, State, Options);

    /// <summary>The parts of a line.</summary>
    public static string[] Split(string text, char separator) => text.Split(
        separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Line(string word) => _lines.GetValueOrDefault(word, "");

    private DependencyEnd End(string name) =>
        Set.TryFindEnd(name, out DependencyEnd end) ? end : throw new ArgumentException(name);

    // old; SESSION STATE [PROCESS]; FILE STATE
    private HostState ReadState()
    {
        List<(SessionId, SessionState, int?)> sessions = [];
        List<(ObjectId, FileState)> files = [];
        bool isOld = false;
        foreach (string part in Split(Line("state"), PartSeparator))
        {
            string[] words = part.Split(' ');
            isOld |= part == "old";
            if (words.Length == 1)
            {
                continue;
            }

            if (Set.TryFindSession(words[0], out SessionId session))
            {
                SessionState state = Enum.GetValues<SessionState>().Single(each => each.Name() == words[1]);
                sessions.Add((session, state, words.Length > 2 ? int.Parse(words[2], null) : null));
            }
            else
            {
                FileState state = Enum.GetValues<FileState>().Single(each => each.Name() == words[1]);
                files.Add((End(words[0]).ObjectId, state));
            }
        }

        return new HostState(Set, isOld, [.. sessions], [.. files]);
    }

    // Nothing: none is given. "canonical", "refused", "another", or the files in the order of preserve.
    private PlanResult? ReadPlan()
    {
        string plan = Line("plan");
        if (plan.Length == 0 && Waived.Length == 0)
        {
            return null;
        }

        PlanOptions options = new()
        {
            Waivers = [.. Waived.Select(each => Waiver.TryParse(each, out Waiver? waiver) ? waiver : null!)],
        };
        PlanResult planned = plan == "another"
            ? Planner.Plan(Small.TwoFiles(out _, out _).BuildSet(), Kernels)
            : Planner.Plan(DependencyGraph.Of(Set), Kernels, options);
        return plan is "" or "canonical" or "refused" or "another"
            ? planned
            : Ordered(planned, Split(plan, ListSeparator), Split(Line("back"), ListSeparator));
    }

    private static PlanResult Ordered(PlanResult planned, string[] preserve, string[] retrieve)
    {
        JsonNode document = JsonNode.Parse(PlanWriterTests.Write(planned))!;
        Order(document["phases"]!["preserve"]!.AsArray(), preserve);
        if (retrieve.Length > 0)
        {
            Order(document["phases"]!["retrieve"]!.AsArray(), retrieve);
        }

        return PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }

    // The steps in this order; those that it does not name are left out.
    private static void Order(JsonArray steps, string[] order)
    {
        JsonNode[] sorted =
        [
            .. order.Select(name => steps.Single(step => (string)step!["object"]! == name)!.DeepClone()),
        ];
        steps.Clear();
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i]["step"] = i;
            steps.Add(sorted[i]);
        }
    }
}
