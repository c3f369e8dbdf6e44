using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class CompareTests
{
    [Test]
    public void I_can_see_that_no_model_is_safe_for_the_seed_and_why()
    {
        ToolResult result = Tool.Run("compare", "tests/samples/seed.json");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("NOT SAFE under any model: 2 of 6 have a legal order"));
        Assert.That(
            result.Output,
            Does.Contain("danger memory/ram could be released while devices/domain still maps it."));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void A_program_reads_the_same_from_standard_input()
    {
        byte[] set = File.ReadAllBytes(Path.Combine(Tool.Root, "tests", "samples", "seed.json"));
        ToolResult result = Tool.RunWith(set, null, "compare", "-", "--format", "json");

        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement[] models = [.. document.RootElement.GetProperty("models").EnumerateArray()];
        Assert.That(models.Where(row => row.GetProperty("legal").GetBoolean())
            .Select(row => row.GetProperty("model").GetString()), Is.EqualTo(new[] { "explicit-graph", "global-finish" }));
        Assert.That(models.Select(row => row.GetProperty("safe").GetBoolean()), Is.All.False);
    }

    [Test]
    public void A_set_that_no_model_orders_ends_with_1()
    {
        ToolResult result = Tool.Run("compare", "tests/samples/gpu-vm.json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("ILLEGAL under all 6 models (GO2001"));
    }

    [Test]
    public void A_wrong_command_line_prints_one_sentence_and_nothing_else()
    {
        ToolResult format = Tool.Run("compare", "tests/samples/seed.json", "--format", "jsn");
        ToolResult missing = Tool.Run("compare", "tests/samples/none.json");

        Assert.That(format.ExitCode, Is.EqualTo(2));
        Assert.That(format.Errors, Does.Contain("json").And.EndsWith("\n"));
        Assert.That(missing.ExitCode, Is.EqualTo(3));
        Assert.That(format.Output + missing.Output, Is.Empty);
    }

    [Test]
    public void The_answer_goes_to_the_file_that_is_asked_for()
    {
        using Scratch scratch = new();
        string file = scratch.File("comparison.txt");

        ToolResult result = Tool.Run("compare", "tests/samples/two-vms.json", "--output", file);

        Assert.That(result.Output, Is.Empty);
        Assert.That(File.ReadAllText(file), Does.StartWith("NOT SAFE").And.Contain("push-gate"));
    }
}
