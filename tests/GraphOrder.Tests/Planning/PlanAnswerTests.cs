using System.Text;
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

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.txt")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void Each_set_has_the_answer_that_is_written_below_it(string name)
    {
        string path = Path.Combine(Folder, name + ".txt");
        string golden = File.ReadAllText(path);
        StringBuilder text = new();
        PlanWorkspace workspace = new();
        foreach (string part in QuestionFile.Parts(golden))
        {
            text.Append(part.StartsWith("== ", StringComparison.Ordinal) ? Answered(part, workspace) : part);
        }

        string found = text.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(path, found);
        }

        Assert.That(found, Is.EqualTo(golden));
    }

    // The same in memory that the plans before have left.
    private static string Answered(string part, PlanWorkspace workspace)
    {
        string[] lines = QuestionFile.Question(part);
        PlanQuestion question = new(lines[0], lines[1..]);
        StringBuilder text = new();
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        foreach (string model in question.Models)
        {
            PlanResult answer = question.Ask(model);
            Assert.That(question.Fault(model, answer), Is.Null, $"{question.Title}, {model}");
            string told = PlanAnswerText.Of(model, answer);
            PlanResult again = question.Ask(model, workspace);
            Assert.That(PlanAnswerText.Of(model, again), Is.EqualTo(told), $"{question.Title}, {model}");
            text.Append(told);
        }

        return text.Append('\n').ToString();
    }
}
