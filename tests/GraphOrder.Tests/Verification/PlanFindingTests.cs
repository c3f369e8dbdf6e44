using System.Text;
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

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.txt")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void Each_plan_has_the_findings_that_are_written_below_it(string name)
    {
        string path = Path.Combine(Folder, name + ".txt");
        string golden = File.ReadAllText(path);
        StringBuilder text = new();
        foreach (string part in QuestionFile.Parts(golden))
        {
            text.Append(part.StartsWith("== ", StringComparison.Ordinal) ? Found(part) : part);
        }

        string found = text.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(path, found);
        }

        Assert.That(found, Is.EqualTo(golden));
    }

    private static string Found(string part)
    {
        string[] question = QuestionFile.Question(part);
        FindingCase asked = new(question[0], question[1..]);
        VerifyResult verdict = asked.Check();
        Assert.That(FindingJudge.Fault(asked, verdict), Is.Null, asked.Title);
        return $"{string.Concat(question.Select(line => line + "\n"))}{FindingText.Of(verdict)}\n";
    }
}
