using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class BlackoutTests
{
    private const string Set = "tests/samples/blackout.json";

    [Test]
    public void A_blackout_that_is_allowed_is_legal()
    {
        ToolResult result = Tool.Run("plan", Set, "--max-blackout", "1174");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("LEGAL").And.Contain("\n  longest  vm-01: 9 vm-01/pause 3, "));
        Assert.That(result.Output, Does.Contain("--max-blackout 1174"), "the printed command asks the same");
    }

    [Test]
    public void A_longer_one_is_refused_with_what_it_waits_for()
    {
        ToolResult result = Tool.Run("plan", Set, "--max-blackout", "1173.999");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith(
            "REFUSED: The guest of vm-01 would be paused for 1174 ms; at most 1173.999 ms are"));
        Assert.That(result.Output, Does.Contain("retrieve vm-01/gpu0 65"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void Programs_read_the_schedule_of_the_plan_and_of_the_refusal()
    {
        using JsonDocument plan = JsonDocument.Parse(Tool.Run("plan", Set, "--format", "json").Output);
        JsonElement schedule = plan.RootElement.GetProperty("schedule");
        Assert.That(schedule.GetProperty("sumMicroseconds").GetInt64(), Is.EqualTo(2_283_000));
        Assert.That(
            schedule.GetProperty("retrieve").GetArrayLength(),
            Is.EqualTo(plan.RootElement.GetProperty("phases").GetProperty("retrieve").GetArrayLength()));

        ToolResult refused = Tool.Run("plan", Set, "--format", "json", "--max-blackout", "1");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        using JsonDocument refusal = JsonDocument.Parse(refused.Output);
        Assert.That(refusal.RootElement.TryGetProperty("phases", out _), Is.False);
        Assert.That(
            refusal.RootElement.GetProperty("schedule").GetProperty("longestChain").GetArrayLength(),
            Is.EqualTo(11));
    }

    [Test]
    public void A_demand_on_a_set_that_names_no_guest_is_refused()
    {
        ToolResult result = Tool.Run("plan", "tests/samples/two-vms.json", "--max-blackout", "100");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("REFUSED: No session says between which acts"));
    }

    [TestCase("soon")]
    [TestCase("-1")]
    [TestCase("1e3")]
    [TestCase("99999999999999999999")]
    public void What_is_no_time_is_a_wrong_command_line(string value)
    {
        ToolResult result = Tool.Run("plan", Set, "--max-blackout", value);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.Contain("--max-blackout").And.Not.Contain("Unhandled"));
    }

    [Test]
    public void A_plan_with_a_schedule_is_still_a_plan()
    {
        using Scratch scratch = new();
        string plan = scratch.File("plan.json");
        Assert.That(Tool.Run("plan", Set, "--format", "json", "--output", plan).ExitCode, Is.Zero);

        Assert.That(Tool.Run("verify", Set, plan).ExitCode, Is.Zero);
    }
}
