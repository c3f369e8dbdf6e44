using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Verification.Findings;

namespace GraphOrder.Tests.Verification;

/// <summary>
/// What the verifier finds in a plan, word by word: code, subjects, facts and sentence. Each file below
/// <c>Golden/Findings</c> shows one thing.
/// </summary>
[TestFixture]
public sealed class PlanFindingTests
{
    private static readonly string Folder =
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", "Findings");

    private static IEnumerable<string> Files => QuestionFile.Names(Folder);

    [TestCaseSource(nameof(Files))]
    public void Each_plan_has_the_findings_that_are_written_below_it(string name) =>
        QuestionFile.Check(Path.Combine(Folder, name + ".txt"), Found);

    private static string Found(string title, string[] lines)
    {
        FindingCase asked = new(title, lines);
        VerifyResult verdict = asked.Check();
        Assert.That(FindingJudge.Fault(asked, verdict), Is.Null, asked.Title);
        return FindingText.Of(verdict);
    }
}
