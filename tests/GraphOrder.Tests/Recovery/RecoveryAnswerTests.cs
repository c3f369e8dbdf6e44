using System.Text;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Recovery.Answers;

namespace GraphOrder.Tests.Recovery;

/// <summary>
/// Whole answers, word by word. Each file below <c>Golden/Answers</c> shows one thing in some questions, and
/// no answer counts that the slow rules of <see cref="AnswerJudge"/> find wrong.
/// </summary>
[TestFixture]
public sealed class RecoveryAnswerTests
{
    private static readonly string Folder =
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", "Answers");

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.txt")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void Each_question_has_the_answer_that_is_written_below_it(string name)
    {
        string path = Path.Combine(Folder, name + ".txt");
        string golden = File.ReadAllText(path);
        StringBuilder found = new();
        foreach (string part in QuestionFile.Parts(golden))
        {
            found.Append(part.StartsWith("== ", StringComparison.Ordinal) ? Answered(part) : part);
        }

        string answered = found.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(path, answered);
        }

        Assert.That(answered, Is.EqualTo(golden));
    }

    private static string Answered(string part)
    {
        string[] question = QuestionFile.Question(part);
        AnswerCase asked = new(question[0], question[1..]);
        RecoveryResult result = asked.Ask();
        if (result.TryGetRecovery(out GraphOrder.Recovery? answer))
        {
            Assert.That(AnswerJudge.Fault(asked, answer), Is.Null, asked.Title);
        }

        return $"{string.Concat(question.Select(line => line + "\n"))}{AnswerText.Of(asked.Set, result)}\n";
    }
}
