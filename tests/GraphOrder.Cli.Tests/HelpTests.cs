using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class HelpTests
{
    [TestCase("plan")]
    [TestCase("models")]
    [TestCase("check")]
    [TestCase("finish")]
    [TestCase("verify")]
    [TestCase("compare")]
    [TestCase("survey")]
    [TestCase("why")]
    [TestCase("diff")]
    [TestCase("pins")]
    [TestCase("recover")]
    [TestCase("simulate")]
    [TestCase("walk")]
    [TestCase("import")]
    [TestCase("import host")]
    [TestCase("import luo-memory")]
    [TestCase("import vtd-debugfs")]
    [TestCase("import systemd")]
    [TestCase("import qemu")]
    [TestCase("import cloud-hypervisor")]
    [TestCase("explain")]
    [TestCase("generate")]
    [TestCase("bench")]
    [TestCase("bench plan")]
    [TestCase("bench walk")]
    [TestCase("bench incremental")]
    [TestCase("torture")]
    public void Every_command_has_help_on_standard_output(string command)
    {
        ToolResult result = Tool.Run([.. command.Split(' '), "--help"]);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain($"graph-order {command}"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void The_help_names_every_command_and_exit_code()
    {
        string help = Tool.Run("--help").Output;

        string[] words =
        [
            "plan", "check", "finish", "verify", "compare", "why", "pins", "recover", "walk", "models",
            "import", "explain", "generate", "bench", "simulate", "apply", "resume", "abort", "status",
            "learn", "torture", "diff", "survey", "fleet", "130",
        ];
        foreach (string word in words)
        {
            Assert.That(help, Does.Contain(word));
        }
    }

    [Test]
    public void Every_code_is_explained_within_80_columns()
    {
        foreach (DiagnosticCode code in Enum.GetValues<DiagnosticCode>())
        {
            ToolResult result = Tool.Run("explain", code.Text().ToLowerInvariant());

            Assert.That(result.ExitCode, Is.Zero, result.Errors);
            Assert.That(result.Output, Does.StartWith($"{code.Text()}: "));
            foreach (string label in (string[])["says", "means", "way out", "example"])
            {
                Assert.That(result.Output, Does.Match($@"\n  {label} +[^ \n].*[^ \n].*[^ \n]"), code.Text());
            }

            // A way out is words, and not only what stands for something.
            Assert.That(result.Output, Does.Not.Match(@"\n  way out  [A-Z]+\.\n"), code.Text());
            Assert.That(result.Output, Does.Not.Contain("{").And.Not.Contain("[]"), code.Text());
            Assert.That(
                result.Output.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80), result.Output);
        }
    }

    [TestCase("rules", "any file -> flb")]
    [TestCase("models", "sessions in finish order; files in reverse")]
    public void A_table_is_explained(string topic, string expected)
    {
        ToolResult text = Tool.Run("explain", topic);
        ToolResult json = Tool.Run("explain", topic, "--format", "json");

        Assert.That(text.Output, Does.Contain(expected));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(
            document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("graphorder/explain/1"));
    }
}
