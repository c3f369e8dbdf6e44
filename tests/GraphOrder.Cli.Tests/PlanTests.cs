using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class PlanTests
{
    private const string Legal = "tests/samples/session-set.json";
    private const string Refused = "tests/samples/shared.json";

    [Test]
    public void I_can_read_the_verdict_on_the_first_line()
    {
        ToolResult result = Tool.Run("plan", Legal);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(
            result.Output,
            Does.StartWith("LEGAL in all six phases. Linux 7.3.4 would refuse 2 of the 4 files"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void I_can_see_which_dependency_closes_a_cycle()
    {
        ToolResult result = Tool.Run("plan", Refused);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(
            result.Output,
            Does.StartWith("ILLEGAL: vm-01 and vm-02 must each finish before the other (GO2003)."));
        Assert.That(
            result.Output, Does.Contain("vm-01/ioas  needs  vm-02/shm").And.Contain("shared.json:18"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void A_refusal_as_json_goes_to_standard_output_with_its_cycle()
    {
        ToolResult result = Tool.Run("plan", Refused, "--format", "json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.That(document.RootElement.TryGetProperty("phases", out _), Is.False);
        JsonElement problem = document.RootElement.GetProperty("diagnostics")[0];
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("GO2003"));
        Assert.That(problem.GetProperty("cycle").GetArrayLength(), Is.EqualTo(2));
        Assert.That(problem.GetProperty("cycle")[0].GetProperty("joinedBy").GetString(), Is.EqualTo("vm-02"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void What_a_page_table_maps_and_nobody_declared_is_refused_with_its_iova()
    {
        ToolResult refused = Tool.Run("plan", "tests/samples/hidden-map.json");
        ToolResult accepted = Tool.Run("plan", "tests/samples/hidden-map.json", "--accept-derived");
        ToolResult sound = Tool.Run("plan", "tests/samples/sound-map.json");

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Output, Does.StartWith(
            "ILLEGAL: vm-01/ram would be released while a device can write to it:"));
        Assert.That(refused.Output, Does.Contain("IOVA 0x1000000000").And.Contain("found in its page table"));
        Assert.That(accepted.ExitCode, Is.EqualTo(1));
        Assert.That(accepted.Output, Does.StartWith("ILLEGAL: vm-01 and vm-02 must each finish before"));
        Assert.That(sound.ExitCode, Is.Zero, sound.Errors);
        Assert.That(sound.Output, Does.Not.Contain("not walked"));
    }

    [Test]
    public void The_same_input_gives_the_same_bytes_ten_times_and_on_one_processor()
    {
        byte[] set = Tool.Run("generate", "vm-host", "--sessions", "8").OutputBytes;
        byte[] first = Tool.RunWith(set, null, "plan", "-", "--format", "json").OutputBytes;

        for (int i = 0; i < 10; i++)
        {
            Dictionary<string, string> environment =
                i % 2 == 0 ? [] : new() { ["DOTNET_PROCESSOR_COUNT"] = "1" };
            Assert.That(
                Tool.RunWith(set, environment, "plan", "-", "--format", "json").OutputBytes,
                Is.EqualTo(first));
        }
    }

    [Test]
    public void A_soft_dependency_can_be_waived_by_name()
    {
        using Scratch scratch = new();
        string set = scratch.Write("soft.json", """
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "a", "kind": "memfd", "session": "s" }, { "id": "b", "kind": "memfd", "session": "s" } ],
              "dependencies": [ { "dependent": "a", "on": "b" }, { "dependent": "b", "on": "a", "strength": "soft" } ] }
            """);

        Assert.That(Tool.Run("plan", set).ExitCode, Is.EqualTo(1));
        ToolResult waived = Tool.Run("plan", set, "--waive", "b=>a", "--format", "json");
        Assert.That(waived.ExitCode, Is.Zero, waived.Errors);
        Assert.That(waived.Output, Does.Contain("\"b=>a@finish\""));

        string plan = scratch.Write("plan.json", waived.Output);
        Assert.That(Tool.Run("verify", set, plan).ExitCode, Is.Zero);
    }

    [Test]
    public void Check_ends_with_1_where_a_kernel_would_refuse_a_step()
    {
        ToolResult refused = Tool.Run("check", Legal);
        ToolResult accepted = Tool.Run("check", "tests/samples/microvm.json");

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(
            refused.Output,
            Does.StartWith("NOT ACCEPTED: Linux 7.3.4 would refuse 2 of the 4 files (GO4001)."));
        Assert.That(accepted.ExitCode, Is.Zero, accepted.Output);
    }

    [Test]
    public void Finish_prints_sessions_for_scripts() =>
        Tool.Run("finish", Legal).AssertIs(0, "vm-02\nvm-01\n", "");

    [Test]
    public void Finish_prints_files_with_nul_when_asked() =>
        Tool.Run("finish", Legal, "--files", "-0")
            .AssertIs(0, "vm-02/vhost\0vm-01/state\0vm-01/iommufd\0vm-01/ram\0", "");

    [Test]
    public void A_script_never_takes_a_refusal_for_a_name()
    {
        ToolResult result = Tool.Run("finish", Refused);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(
            result.Errors, Does.StartWith("graph-order: There is no legal order.").And.Contain("GO2003"));
    }

    [Test]
    public void A_name_with_a_line_feed_needs_nul()
    {
        using Scratch scratch = new();
        string set = scratch.Write("set.json",
            """{ "schema": "graphorder/session-set/1", "sessions": [ { "name": "a\nb" } ], "objects": [] }""");

        ToolResult refused = Tool.Run("finish", set);
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Output, Is.Empty);
        Tool.Run("finish", set, "-0").AssertIs(0, "a\nb\0", "");
    }

    [Test]
    public void I_can_verify_a_plan_that_somebody_else_made()
    {
        using Scratch scratch = new();
        Assert.That(
            Tool.Run("plan", Legal, "--format", "json", "--output", scratch.File("plan.json")).ExitCode,
            Is.Zero);

        ToolResult right = Tool.Run("verify", Legal, scratch.File("plan.json"));
        ToolResult other = Tool.Run("verify", Refused, scratch.File("plan.json"));
        string swapped = File.ReadAllText(scratch.File("plan.json")).Replace(
            "vm-01/ram\",\"session", "vm-01/state\",\"session");
        ToolResult wrong = Tool.Run(
            "verify", Legal, scratch.Write("wrong.json", swapped), "--format", "json");

        Assert.That(right.ExitCode, Is.Zero, right.Output);
        Assert.That(other.ExitCode, Is.EqualTo(1));
        Assert.That(other.Output, Does.Contain("GO5001"));
        Assert.That(wrong.ExitCode, Is.EqualTo(1));
        Assert.That(wrong.Output, Does.Contain("\"legal\": false").And.Contain("GO5004"));
    }

    [Test]
    public void A_refusal_is_no_plan_to_verify()
    {
        using Scratch scratch = new();
        string refusal = scratch.Write("refusal.json", Tool.Run("plan", Refused, "--format", "json").Output);

        ToolResult result = Tool.Run("verify", Refused, refusal);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("GO5015"));
    }

    [TestCase("vm-host")]
    [TestCase("microvm")]
    [TestCase("services")]
    public void A_generated_host_is_planned_and_its_plan_verified(string shape)
    {
        using Scratch scratch = new();
        Assert.That(Tool.Run("generate", shape, "--output", scratch.File("set.json")).ExitCode, Is.Zero);
        Assert.That(
            Tool.Run("plan", scratch.File("set.json"), "--format", "json", "--output", scratch.File("plan.json")).ExitCode,
            Is.Zero);

        ToolResult result = Tool.Run("verify", scratch.File("set.json"), scratch.File("plan.json"));

        Assert.That(result.ExitCode, Is.Zero, result.Output);
    }

    [Test]
    public void A_gpu_vm_is_refused_unless_peer_to_peer_is_unmapped()
    {
        byte[] mapped = Tool.Run("generate", "gpu-vm").OutputBytes;
        byte[] unmapped = Tool.Run("generate", "gpu-vm", "--unmap-p2p").OutputBytes;

        Assert.That(Tool.RunWith(mapped, null, "plan", "-").ExitCode, Is.EqualTo(1));
        Assert.That(Tool.RunWith(unmapped, null, "plan", "-").ExitCode, Is.Zero);
    }

    [Test]
    public void A_chain_of_a_million_objects_is_planned()
    {
        using Scratch scratch = new();
        Tool.Run("generate", "chain", "--objects", "1000000", "--output", scratch.File("chain.json"));

        ToolResult result = Tool.Run("finish", scratch.File("chain.json"), "--files");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("object-0\nobject-1\n").And.EndWith("object-999999\n"));
    }
}
