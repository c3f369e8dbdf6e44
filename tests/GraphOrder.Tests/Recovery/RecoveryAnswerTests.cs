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

    private static IEnumerable<string> Files => QuestionFile.Names(Folder);

    [TestCaseSource(nameof(Files))]
    public void Each_question_has_the_answer_that_is_written_below_it(string name) =>
        QuestionFile.Check(Path.Combine(Folder, name + ".txt"), Answered);

    private static string Answered(string title, string[] lines)
    {
        AnswerCase asked = new(title, lines);
        RecoveryResult result = asked.Ask();
        if (result.TryGetRecovery(out GraphOrder.Recovery? answer))
        {
            Assert.That(AnswerJudge.Fault(asked, answer), Is.Null, asked.Title);
        }

        return AnswerText.Of(asked.Set, result);
    }
}
