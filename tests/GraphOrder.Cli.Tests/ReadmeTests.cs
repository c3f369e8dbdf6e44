using System.Text.RegularExpressions;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class ReadmeTests
{
    private const string Command = "$ dotnet run --project src/GraphOrder.Cli -- ";

    [Test]
    public void Every_block_of_output_is_what_the_tool_prints()
    {
        string readme = File.ReadAllText(Path.Combine(Tool.Root, "README.md"));
        int compared = 0;
        foreach (Match block in Regex.Matches(readme, "```console\n(.*?)```", RegexOptions.Singleline))
        {
            string[] lines = block.Groups[1].Value.Split('\n', 2);
            if (lines[0].StartsWith(Command, StringComparison.Ordinal))
            {
                string output = Tool.Run(lines[0][Command.Length..].Split(' ')).Output;
                Assert.That(output, Is.EqualTo(lines[1]), lines[0]);
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(2));
    }
}
