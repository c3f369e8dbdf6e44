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
        foreach (string part in Parts(golden))
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

    // What stands before the first question, and the questions.
    private static IEnumerable<string> Parts(string text)
    {
        int from = 0;
        for (int next; (next = text.IndexOf("\n== ", from, StringComparison.Ordinal)) >= 0; from = next + 1)
        {
            yield return text[from..(next + 1)];
        }

        yield return text[from..];
    }

    private static string Answered(string part)
    {
        string[] lines = part.Split('\n');
        string[] question = [.. lines[1..].TakeWhile(line => line.Length > 0 && line[0] != ' ')];
        AnswerCase asked = new(lines[0], question);
        RecoveryResult result = asked.Ask();
        if (result.TryGetRecovery(out GraphOrder.Recovery? answer))
        {
            Assert.That(AnswerJudge.Fault(asked, answer), Is.Null, asked.Title);
        }

        return $"{lines[0]}\n{string.Concat(question.Select(line => line + "\n"))}{AnswerText.Of(asked.Set, result)}\n";
    }
}
