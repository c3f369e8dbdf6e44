using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning.Answers;

namespace GraphOrder.Tests.Planning;

/// <summary>
/// What the planner answers, word by word: steps and waves, or findings and walks. Each file below
/// <c>Golden/Plans</c> shows one thing.
/// </summary>
[TestFixture]
public sealed class PlanAnswerTests
{
    private static readonly string Folder =
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", "Plans");

    private static IEnumerable<string> Files => QuestionFile.Names(Folder);

    // Each plan is made a second time, in memory that the plans before have left.
    [TestCaseSource(nameof(Files))]
    public void Each_set_has_the_answer_that_is_written_below_it(string name)
    {
        PlanWorkspace workspace = new();
        QuestionFile.Check(Path.Combine(Folder, name + ".txt"), (title, lines) =>
        {
            PlanQuestion question = new(title, lines);
            return string.Concat(question.Models.Select(model => Answered(question, model, workspace)));
        });
    }

    private static string Answered(PlanQuestion question, string model, PlanWorkspace workspace)
    {
        PlanResult answer = question.Ask(model);
        Assert.That(question.Fault(model, answer), Is.Null, $"{question.Title}, {model}");
        string told = PlanAnswerText.Of(model, answer);
        PlanResult again = question.Ask(model, workspace);
        Assert.That(PlanAnswerText.Of(model, again), Is.EqualTo(told), $"{question.Title}, {model}");
        return told;
    }
}
