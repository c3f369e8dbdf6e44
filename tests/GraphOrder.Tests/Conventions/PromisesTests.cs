using System.Text.RegularExpressions;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Conventions;

/// <summary>Each promise names a test that would break, and that test is there.</summary>
[TestFixture]
public sealed partial class PromisesTests
{
    [TestCase("GraphOrder", "promises.md", "| broken by |", 20)]
    [TestCase("GraphOrder.Cli", "security.md", "| test |", 10)]
    public void Each_names_a_test_that_there_is(string project, string file, string heading, int rowCountMin)
    {
        string[] rows =
        [
            .. File.ReadAllLines(RepositoryFiles.In("src", project, file))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                    && !line.EndsWith(heading, StringComparison.Ordinal)),
        ];
        Dictionary<string, string> sources = Directory
            .EnumerateFiles(RepositoryFiles.In("tests"), "*Tests*.cs", SearchOption.AllDirectories)
            .GroupBy(static path => Path.GetFileName(path).Split('.')[0])
            .ToDictionary(static of => of.Key, static of => string.Concat(of.Select(File.ReadAllText)));
        Assert.That(rows, Has.Length.GreaterThan(rowCountMin));
        Assert.Multiple(() =>
        {
            foreach (string row in rows)
            {
                MatchCollection named = TestName().Matches(row.Split('|')[^2]);
                Assert.That(named, Is.Not.Empty, row);
                foreach (Match test in named)
                {
                    Assert.That(
                        sources.GetValueOrDefault(test.Groups[1].Value, ""),
                        Does.Contain($" {test.Groups[2].Value}("),
                        test.Value);
                }
            }
        });
    }

    [GeneratedRegex("`([A-Za-z]+)\\.([A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
