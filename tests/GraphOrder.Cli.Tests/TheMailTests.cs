using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.Cli.Tests;

/// <summary>
/// The page that answers the mail: each command prints what the page says. GRAPHORDER_GOLDEN=write writes it.
/// </summary>
[TestFixture]
public sealed class TheMailTests
{
    private const string Command = "$ graph-order ";
    private const string Head = " | head -";

    private static readonly string Page = Path.Combine(Tool.Root, "tests", "samples", "the-mail.md");

    [Test]
    public void Every_command_prints_what_the_page_shows()
    {
        string page = File.ReadAllText(Page);
        int commands = 0;
        string actual = Regex.Replace(
            page, "(?<=```console\n)(.*?)(?=```)", block => Run(block.Value, ref commands),
            RegexOptions.Singleline);
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(Page, actual);
        }

        Assert.That(commands, Is.EqualTo(11));
        Assert.That(actual, Is.EqualTo(page));
    }

    [TestCase("explicit-graph", "seed-legal seed shared unfreeze")]
    [TestCase("linux-7.3", "seed-legal")]
    [TestCase("session-finish", "seed-legal")]
    [TestCase("global-finish", "seed-legal seed")]
    public void The_table_is_what_planning_says(string model, string legal)
    {
        string[] samples = ["seed-legal", "seed", "shared", "unfreeze"];
        IEnumerable<string> taken = samples.Where(
            sample => Tool.Run("plan", $"tests/samples/{sample}.json", "--model", model).ExitCode == 0);
        Assert.That(string.Join(' ', taken), Is.EqualTo(legal));
    }

    private static string Run(string block, ref int commands)
    {
        StringBuilder text = new();
        foreach (string line in block.Split('\n').Where(
            line => line.StartsWith(Command, StringComparison.Ordinal)))
        {
            commands++;
            string[] parts = line[Command.Length..].Split(Head);
            string[] lines = Tool.Run(parts[0].Split(' ')).Output.TrimEnd('\n').Split('\n');
            int shown = parts.Length == 1 ? lines.Length : int.Parse(parts[1], CultureInfo.InvariantCulture);
            text.Append(line).Append('\n').AppendJoin('\n', lines.Take(shown)).Append('\n');
        }

        return text.ToString();
    }
}
