using System.Buffers.Binary;
using System.Diagnostics;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class BinaryPlanTests
{
    private const string Legal = "tests/samples/two-vms.json";
    private const string Refused = "tests/samples/shared.json";

    [Test]
    public void A_plan_in_binary_goes_where_it_is_asked_and_is_the_same_each_time()
    {
        using Scratch scratch = new();
        string file = scratch.File("plan.goplan");

        ToolResult piped = Tool.Run("plan", Legal, "--format", "binary");
        ToolResult filed = Tool.Run("plan", Legal, "--format", "binary", "--certificate", "--output", file);

        filed.AssertIs(0, "", "");
        Assert.That(piped.ExitCode, Is.Zero, piped.Errors);
        Assert.That(piped.OutputBytes, Is.EqualTo(File.ReadAllBytes(file)));
        Assert.That(piped.OutputBytes[..8], Is.EqualTo((byte[])[0x89, .. "GOPLAN\n"u8]));
        Assert.That(
            BinaryPrimitives.ReadInt64LittleEndian(piped.OutputBytes.AsSpan(16)),
            Is.EqualTo(piped.OutputBytes.Length));
    }

    [Test]
    public void A_refusal_has_no_binary_form_and_leaves_the_file_that_was_there()
    {
        using Scratch scratch = new();
        string file = scratch.Write("plan.goplan", "yesterday's");

        ToolResult refused = Tool.Run("plan", Refused, "--format", "binary", "--output", file);

        refused.AssertIs(
            1,
            "",
            "graph-order: There is no legal plan, so nothing is written. Ask without --format binary for the "
            + "reason.\n");
        Assert.That(File.ReadAllText(file), Is.EqualTo("yesterday's"));
    }

    [Test]
    public void A_terminal_gets_no_bytes()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Ignore("script (bsdutils) is missing");
        }

        using Process process = Tool.Start(
            null, "/usr/bin/script", "-q", "-e", "-c", $"'{Tool.Path}' plan {Legal} --format binary", "/dev/null");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();

        Assert.That(process.WaitForExit(60_000), Is.True);
        Assert.That(process.ExitCode, Is.EqualTo(2), output);
        Assert.That(output.TrimEnd(), Does.EndWith(
            "graph-order: --format binary is for programs, and standard output is a terminal. Add --output FILE."));
    }
}
