using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Recovery.Answers;

namespace GraphOrder.Tests.Planning.Answers;

/// <summary>
/// A question to the planner as a few lines of text, each a word and what it says; the README beside the
/// answers has the words.
/// </summary>
internal sealed class PlanQuestion
{
    private readonly Dictionary<string, string> _lines;

    /// <summary>Reads the lines of one question.</summary>
    public PlanQuestion(string title, IEnumerable<string> lines)
    {
        Title = title;
        _lines = QuestionFile.Words(lines);
        Set = new AnswerSet(Line("set"), Line("needs"), Line("listed")).Build();
        Models = Line("model") switch
        {
            "" => [LifecycleModel.Linux73.Name],
            string names =>
            [
                .. AnswerCase.Split(names, ',').SelectMany(static name =>
                    name == "all" ? ModelText.All.Select(static model => model.ToString()) : [name]),
            ],
        };
        Options = new PlanOptions
        {
            Waivers =
            [
                .. AnswerCase.Split(Line("waive"), ',')
                    .Select(each => Waiver.TryParse(each, out Waiver? waiver) ? waiver : null!),
            ],
            DiagnosticCountMax = Line("limit") is { Length: > 0 } limit
                ? int.Parse(limit, null)
                : DiagnosticList.CountMaxDefault,
        };
    }

    /// <summary>What the answer shows.</summary>
    public string Title { get; }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>The names of the models that it is planned under.</summary>
    public string[] Models { get; }

    /// <summary>What is chosen.</summary>
    public PlanOptions Options { get; }

    /// <summary>Plans it.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    public PlanResult Ask(string model) => Planner.Plan(DependencyGraph.Of(Set), KernelsOf(model), Options);

    /// <summary>Plans it in memory that was planned in before.</summary>
    public PlanResult Ask(string model, PlanWorkspace workspace) =>
        workspace.Plan(DependencyGraph.Of(Set), KernelsOf(model), Options);

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    public string? Fault(string model, PlanResult answer)
    {
        PlanGround ground = PlanGround.Of(DependencyGraph.Of(Set), Options, default);
        if (Planner.IsLegal(ground, KernelsOf(model), default) != answer.IsLegal)
        {
            return "the planner judges otherwise where nobody asks for the order";
        }

        if (answer.TryGetPlan(out Plan? plan) && Options.Waivers.IsEmpty
            && !PlanVerifier.Verify(Set, plan, KernelsOf(model)).IsLegal)
        {
            return "the verifier refuses the plan";
        }

        ModelText? text = Array.Find(ModelText.All, known => known.ToString() == model);
        if (text is null
            || !Options.Waivers.IsEmpty
            || Array.Exists([.. answer.Diagnostics], IsOfKernel)
            || Set.Objects.Length + Set.Sessions.Length > BruteForce.ItemMax)
        {
            return null;
        }

        BruteForce force = new(Set, text);
        return force.IsLegal(force.Dependencies()) == answer.IsLegal ? null : "every order says otherwise";
    }

    // What a kernel refuses whatever the order.
    private static bool IsOfKernel(Diagnostic found) =>
        found.Code == DiagnosticCode.CrossesSessions && found.Severity == DiagnosticSeverity.Error;

    private static KernelPair KernelsOf(string model) =>
        Array.Find(ModelText.All, known => known.ToString() == model)?.Kernels ?? AnswerModels.Find(model);

    private string Line(string word) => _lines.GetValueOrDefault(word, "");
}
