using System.Text.RegularExpressions;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Readme;

[TestFixture]
public sealed class ReadmeTests
{
    [Test]
    public void Every_block_of_code_is_a_region_that_compiles()
    {
        string[] regions = Regions();
        MatchCollection blocks = Regex.Matches(
            File.ReadAllText(RepositoryFiles.In("README.md")), "```csharp\n(.*?)```", RegexOptions.Singleline);

        Assert.That(blocks, Is.Not.Empty);
        foreach (Match block in blocks)
        {
            Assert.That(regions, Does.Contain(block.Groups[1].Value));
        }
    }

    [TestCase("session-set.json", "vm-02 vm-01", 0)]
    [TestCase("shared.json", "", 6)]
    public void The_example_does_what_it_shows(string sample, string finished, int problemCount)
    {
        ReadmeExamples.Agent agent = new();
        StringWriter log = new();
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", sample));

        ReadmeExamples.FinishInOrder(stream, agent, log);

        Assert.That(string.Join(' ', agent.Finished), Is.EqualTo(finished));
        Assert.That(log.ToString().Split(Environment.NewLine).Length - 1, Is.EqualTo(problemCount));
    }

    private static string[] Regions()
    {
        string source = File.ReadAllText(
            RepositoryFiles.In("tests", "GraphOrder.Tests", "Readme", "ReadmeExamples.cs"));
        return
        [
            .. Regex.Matches(source, " *#region Readme: [^\n]*\n(.*?) *#endregion", RegexOptions.Singleline)
                .Select(region => Regex.Replace(region.Groups[1].Value, "^ {8}", "", RegexOptions.Multiline)),
        ];
    }
}
