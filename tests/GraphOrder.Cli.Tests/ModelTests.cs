using System.Text;
using System.Text.Json;

namespace GraphOrder.Cli.Tests;

/// <summary>The models as a user meets them: by name, in pairs, in files.</summary>
[TestFixture]
public sealed class ModelTests
{
    private const string Seed = "tests/samples/seed-legal.json";
    private const string PushGate = "push-gate";
    private const string Own = "tests/samples/models/file-by-file.json";
    private const string Unfit = "explicit-graph and linux-7.3 do not fit: the next kernel runs finish as "
        + "'preserve backward', and the old one preserves objects one by one, which makes no order of files. "
        + "Name an old model whose preserve takes files.";

    [TestCase("linux-7.3", false, "devices memory")]
    [TestCase("linux-7.3", true, "devices/iommufd devices/backend memory/agent memory/ram")]
    [TestCase("session-finish", false, "devices memory")]
    [TestCase("session-finish", true, "devices/iommufd devices/backend memory/ram memory/agent")]
    [TestCase("global-finish", false, "memory devices")]
    [TestCase("global-finish", true, "memory/ram memory/agent devices/iommufd devices/backend")]
    [TestCase("explicit-graph", false,
        "memory/agent devices/iommufd devices/domain devices/backend memory/ram")]
    [TestCase("explicit-graph", true, "memory/agent devices/iommufd devices/backend memory/ram")]
    [TestCase(Own, false, "memory/agent devices/iommufd devices/backend memory/ram")]
    public void Finish_prints_what_a_script_calls_under_each_model(string model, bool files, string expected)
    {
        string[] option = files ? ["--files", "-0"] : ["-0"];
        ToolResult result = Tool.Run(["finish", Seed, "--model", model, .. option]);
        result.AssertIs(0, expected.Replace(' ', '\0') + "\0", "");
    }

    [TestCase("explicit-graph")]
    [TestCase("session-finish")]
    [TestCase("global-finish")]
    [TestCase("linux-7.3:explicit-graph")]
    [TestCase(Own)]
    [TestCase(Own + ":global-finish")]
    [TestCase("linux-7.3:" + Own)]
    public void A_plan_of_every_model_is_verified_and_changed_it_is_not(string model)
    {
        using Scratch scratch = new();
        string plan = Path.Combine(scratch.Folder, "plan.json");
        ToolResult planned = Tool.Run("plan", Seed, "--model", model, "--format", "json", "--output", plan);
        Assert.That(planned.ExitCode, Is.Zero, planned.Errors);

        ToolResult verified = Tool.Run("verify", Seed, plan, "--model", model);
        Assert.That(verified.Output, Does.StartWith("LEGAL"), verified.Errors);
        ToolResult other = Tool.Run("verify", Seed, plan, "--model", "linux-next");
        Assert.That(other.ExitCode, Is.EqualTo(1));
        Assert.That(other.Output, Does.StartWith("ILLEGAL: The plan follows the lifecycle model"));
    }

    [Test]
    public void A_plan_of_a_model_of_ones_own_says_how_to_verify_it()
    {
        using Scratch scratch = new();
        string plan = Path.Combine(scratch.Folder, "plan.json");
        Tool.Run("plan", Seed, "--model", Own, "--format", "json", "--output", plan);

        ToolResult result = Tool.Run("verify", Seed, plan);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith(
            "ILLEGAL: The plan follows the lifecycle model 'file-by-file'").And.Contain("--model FILE"));
    }

    [TestCase("explicit-graph:linux-7.3", Unfit)]
    [TestCase("explicit-graph:linux-next:x", "--model cannot be 'linux-next:x'. Did you mean 'linux-next'?")]
    [TestCase("linux-7.3:nothing", "--model cannot be 'nothing'. Known: linux-7.3,")]
    public void What_is_no_pair_of_models_is_told_in_one_sentence(string model, string expected)
    {
        foreach (string command in (string[])["plan", "check", "finish"])
        {
            ToolResult result = Tool.Run(command, Seed, "--model", model);
            Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
            Assert.That(result.Errors, Does.StartWith($"graph-order: {expected}"));
        }
    }

    [Test]
    public void A_file_that_is_no_model_is_refused_with_its_place_and_a_way_out()
    {
        byte[] model = Encoding.UTF8.GetBytes(
            File.ReadAllText(Path.Combine(Tool.Root, Own)).Replace(
                "\"finish\": { \"step\": \"file\"",
                "\"finish\": { \"step\": \"session\"",
                StringComparison.Ordinal));

        ToolResult result = Tool.RunWith(model, null, "plan", Seed, "--model", "-");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
        Assert.That(
            result.Errors, Does.StartWith("standard input:10:").And.Contain("GO103").And.Contain("Write "));
    }

    [Test]
    public void Each_model_that_explain_prints_as_json_is_a_file_that_can_be_planned_with()
    {
        using JsonDocument document = JsonDocument.Parse(
            Tool.Run("explain", "models", "--format", "json").Output);
        foreach (JsonElement model in document.RootElement.GetProperty("models").EnumerateArray())
        {
            byte[] file = Encoding.UTF8.GetBytes(model.GetRawText());
            ToolResult result = Tool.RunWith(file, null, "finish", "tests/samples/services.json", "--model", "-");
            Assert.That(result.ExitCode, Is.Zero, result.Errors);
        }
    }

    [Test]
    public void The_sets_that_tell_models_apart_can_be_planned()
    {
        using Scratch scratch = new();
        string folder = Path.Combine(scratch.Folder, "sets");
        ToolResult result = Tool.Run("models", "--write", folder, "--format", "json");
        Assert.That(result.ExitCode, Is.Zero, result.Errors);

        using JsonDocument document = JsonDocument.Parse(result.Output);
        int planned = 0;
        foreach (JsonElement found in document.RootElement.GetProperty("differences").EnumerateArray())
        {
            string legal = found.GetProperty("legal").GetString()!;
            string illegal = found.GetProperty("illegal").GetString()!;
            string path = Path.Combine(folder, $"{legal}-not-{illegal}.json");
            Assert.That(File.Exists(path), Is.EqualTo(found.TryGetProperty("set", out _)));
            bool isPlanned = illegal is "global-finish" or "session-finish" && legal != PushGate;
            if (isPlanned && File.Exists(path))
            {
                Assert.That(Tool.Run("plan", path, "--model", legal).ExitCode, Is.Zero);
                Assert.That(Tool.Run("plan", path, "--model", illegal).ExitCode, Is.EqualTo(1));
                planned++;
            }
        }

        Assert.That(planned, Is.EqualTo(3));
    }
}
