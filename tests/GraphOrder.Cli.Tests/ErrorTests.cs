using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class ErrorTests
{
    private const string Legal = "tests/samples/session-set.json";

    // The runtime sends sequences of its own to a terminal; only this kind is colour.
    private const string Colour = "\u001b\\[[0-9;]*m";

    [TestCase(
        "pln", "graph-order: There is no command 'pln'. Did you mean 'plan'? See 'graph-order --help'.")]
    [TestCase("plan", "graph-order: 'plan' needs SET. See 'graph-order plan --help'.")]
    [TestCase("verify", "graph-order: 'verify' needs SET. See 'graph-order verify --help'.")]
    [TestCase("plan --modle x", "graph-order: 'plan' has no option '--modle'. Did you mean '--model'? "
        + "See 'graph-order plan --help'.")]
    [TestCase("plan a b", "graph-order: 'plan' does not take 'b'. See 'graph-order plan --help'.")]
    [TestCase("plan a --format xml", "graph-order: --format cannot be 'xml'. Known: text, json, binary, dot, graphml, html, mermaid, svg.")]
    [TestCase(
        "plan a --model linux-7.4",
        "graph-order: --model cannot be 'linux-7.4'. Did you mean 'linux-7.3'? Known: linux-7.3, linux-next, "
        + "explicit-graph, session-finish, global-finish.")]
    [TestCase(
        "plan a --waive b",
        "graph-order: --waive cannot be 'b'. Write 'DEPENDENT=>ON' or 'DEPENDENT=>ON@PHASE', in quotes.")]
    [TestCase("status a.journal", "graph-order: 'status' does not take 'a.journal'. Did you mean "
        + "'--journal a.journal'? See 'graph-order status --help'.")]
    [TestCase("explain GO9999", "graph-order: There is nothing to explain about 'GO9999'. Give a code "
        + "such as GO2003, 'rules' or 'models'.")]
    [TestCase("generate chian", "graph-order: SHAPE cannot be 'chian'. Did you mean 'chain'? Known: "
        + "vm-host, gpu-vm, microvm, services, chain, layered, star, cycle.")]
    [TestCase("generate chain --backends 2", "graph-order: The shape 'chain' has no use for --backends. It takes --objects.")]
    [TestCase(
        "generate chain --objects 1", "graph-order: --objects must lie between 2 and 100000000; it is 1.")]
    [TestCase("generate chain --objects abc", "graph-order: --objects cannot be 'abc': it takes a whole "
        + "number in range. See 'graph-order generate --help'.")]
    [TestCase("plan a --format", "graph-order: --format needs text|json|binary|dot|graphml|html|mermaid|svg. See 'graph-order plan --help'.")]
    [TestCase("rules --help", "graph-order: There is no command 'rules'. Did you mean 'explain rules'? See "
        + "'graph-order --help'.")]
    [TestCase("plan a -q", "graph-order: 'plan' has no option '-q'. Did you mean '--quiet'? See 'graph-order plan --help'.")]
    [TestCase("-v", "graph-order: graph-order has no option '-v'. Did you mean '--verbose'? See 'graph-order --help'.")]
    [TestCase("plan a -o b", "graph-order: 'plan' has no option '-o'. Did you mean '--output'? See 'graph-order plan --help'.")]
    [TestCase("plan a -z", "graph-order: 'plan' has no option '-z'. Did you mean '-h'? See 'graph-order plan --help'.")]
    [TestCase("plan a --format SVG", "graph-order: --format cannot be 'SVG'. Did you mean 'svg'? Known: text, json, "
        + "binary, dot, graphml, html, mermaid, svg.")]
    [TestCase("learn", "graph-order: 'learn' needs JOURNAL... SET. See 'graph-order learn --help'.")]
    [TestCase("learn a", "graph-order: 'learn' needs JOURNAL... SET. See 'graph-order learn --help'.")]
    [TestCase("serve", "graph-order: 'serve' needs --socket PATH where systemd hands over no socket. See 'graph-order serve --help'.")]
    [TestCase("verify - -", "graph-order: Only one of SET and PLAN can be standard input.")]
    public void A_wrong_command_line_gets_one_sentence_and_nothing_on_standard_output(
        string line, string sentence) =>
        Tool.Run(line.Split(' ')).AssertIs(2, "", sentence + "\n");

    [Test]
    public void Without_a_command_all_are_named() => Tool.Run().AssertIs(
        2,
        "",
        "graph-order: Name a command: plan, check, finish, verify, compare, survey, why, diff, pins, recover, apply, resume, "
        + "abort, status, learn, simulate, walk, import, serve, models, explain, generate, bench, torture, fleet, completion. "
        + "See 'graph-order --help'.\n");

    [Test]
    public void A_file_that_is_not_there_ends_with_3() => Tool.Run("plan", "no-such.json").AssertIs(
        3, "", "graph-order: There is no file 'no-such.json'. Check the path, or use '-' for standard "
            + "input.\n");

    [Test]
    public void A_folder_ends_with_3() => Tool.Run("plan", "tests").AssertIs(
        3, "", "graph-order: 'tests' is a folder. Name a file in it, or '-' for standard input.\n");

    [Test]
    public void A_malformed_document_ends_with_4_and_names_line_and_column()
    {
        using Scratch scratch = new();
        string set = scratch.Write(
            "bad.json",
            "{ \"schema\": \"graphorder/session-set/1\",\n  \"sessions\": [],\n  \"objcts\": [] }");

        Tool.Run("plan", set).AssertIs(
            4,
            "",
            $"{set}:1:1: error GO1007: 'objects' is missing; a session set must have it. Add 'objects'.\n"
            + $"{set}:3:3: error GO1003: 'objcts' is no member that this place knows. Did you mean "
            + "'objects'? "
            + "A member of your own begins with 'x-'.\n");
    }

    [Test]
    public void A_malformed_document_on_standard_input_is_called_so()
    {
        ToolResult result = Tool.RunWith("{"u8.ToArray(), null, "plan", "-");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.StartWith("standard input:1:").And.Contain("GO1001"));
    }

    [Test]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        using Scratch scratch = new();
        string old = scratch.Write("plan.json", "old");
        string broken = scratch.Write("set.json", "{");

        Assert.That(Tool.Run("plan", broken, "--output", old).ExitCode, Is.EqualTo(4));
        Assert.That(File.ReadAllText(old), Is.EqualTo("old"));
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "plan.json", "set.json" }));
    }

    [Test]
    public void A_written_file_is_replaced_as_a_whole_and_keeps_its_mode()
    {
        using Scratch scratch = new();
        string plan = scratch.Write("plan.json", new string('x', 1_000_000));
        File.SetUnixFileMode(plan, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Tool.Run("plan", Legal, "--format", "json", "--output", plan).AssertIs(0, "", "");

        Assert.That(File.ReadAllText(plan), Does.StartWith("{\n").And.EndWith("}\n"));
        Assert.That(File.GetUnixFileMode(plan), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "plan.json" }));
    }

    [Test]
    public void A_folder_that_is_not_there_cannot_be_written_to()
    {
        using Scratch scratch = new();
        string missing = Path.Combine(scratch.Folder, "no", "plan.json");

        Tool.Run("plan", Legal, "--output", missing).AssertIs(
            3, "", $"graph-order: '{missing}' cannot be written: its folder does not exist. Create it "
                + "first.\n");
    }

    [Test]
    public void A_device_or_a_pipe_is_written_and_not_replaced()
    {
        using Scratch scratch = new();
        string pipe = scratch.File("pipe");
        Assert.That(Tool.Run("plan", Legal, "--output", "/dev/stdout").Output, Does.StartWith("LEGAL"));
        using Process reader = Tool.Start(null, "/bin/sh", "-c", $"mkfifo '{pipe}'; head -n 1 '{pipe}'");
        Assert.That(() => File.Exists(pipe), Is.True.After(20_000, 20));

        Tool.Run("plan", Legal, "--output", pipe).AssertIs(0, "", "");
        Assert.That(reader.StandardOutput.ReadToEnd(), Does.StartWith("LEGAL"));
    }

    [Test]
    public void Ctrl_C_ends_a_long_run_with_130()
    {
        using Scratch scratch = new();
        Tool.Run("generate", "layered", "--objects", "300000", "--output", scratch.File("set.json"));
        using Process plan = Tool.Start(null, Tool.Path, "plan", "-");
        Task<string> errors = plan.StandardError.ReadToEndAsync();
        byte[] document = File.ReadAllBytes(scratch.File("set.json"));
        plan.StandardInput.BaseStream.Write(document.AsSpan(0, document.Length / 2));
        plan.StandardInput.BaseStream.Flush();

        Assert.That(NativeMethods.Kill(plan.Id, NativeMethods.Interrupt), Is.Zero);
        try
        {
            plan.StandardInput.BaseStream.Write(document.AsSpan(document.Length / 2));
            plan.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool has ended already and reads no more.
        }

        Assert.That(plan.WaitForExit(60_000), Is.True);
        Assert.That(plan.ExitCode, Is.EqualTo(130));
        Assert.That(errors.Result, Is.EqualTo("graph-order: Cancelled.\n"));
    }

    [Test]
    public void Ctrl_C_ends_a_run_that_waits_for_input_and_one_that_writes_and_leaves_no_file()
    {
        using Scratch scratch = new();
        string target = scratch.File("set.json");
        string[][] runs =
        [
            ["plan", "-"],
            ["generate", "chain", "--objects", "3000000", "--output", target],
        ];
        foreach (string[] run in runs)
        {
            using Process process = Tool.Start(null, Tool.Path, run);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Thread.Sleep(1_500);
            Assert.That(NativeMethods.Kill(process.Id, NativeMethods.Interrupt), Is.Zero);

            Assert.That(process.WaitForExit(20_000), Is.True, run[0]);
            Assert.That(process.ExitCode, Is.EqualTo(130), run[0]);
            Assert.That(errors.Result, Is.EqualTo("graph-order: Cancelled.\n"));
        }

        Assert.That(Directory.GetFileSystemEntries(scratch.Folder), Is.Empty);
    }

    [Test]
    public void The_input_is_never_written_over_and_a_link_stays_one()
    {
        using Scratch scratch = new();
        File.Copy(Path.Combine(Tool.Root, Legal), scratch.File("set.json"));
        File.CreateSymbolicLink(scratch.File("link.json"), scratch.File("set.json"));
        foreach (string output in (string[])["set.json", "link.json"])
        {
            Tool.Run("plan", scratch.File("set.json"), "--output", scratch.File(output)).AssertIs(
                2,
                "",
                $"graph-order: --output names the input '{scratch.File("set.json")}' itself. Name another "
                + "file.\n");
        }

        Tool.Run("plan", Legal, "--output", scratch.File("link.json")).AssertIs(0, "", "");
        Assert.That(File.ReadAllText(scratch.File("set.json")), Does.StartWith("LEGAL"));
        Assert.That(new FileInfo(scratch.File("link.json")).LinkTarget, Is.Not.Null);
    }

    [Test]
    public void An_empty_name_is_a_wrong_command_line()
    {
        Tool.Run("plan", Legal, "--output", "").AssertIs(
            2, "", "graph-order: --output is empty. Name a file, or leave it out for standard output.\n");
        Tool.Run("plan", "").AssertIs(
            2, "", "graph-order: The name of the file is empty. Name a file, or '-' for standard input.\n");
    }

    [Test]
    public void What_a_report_says_to_run_next_asks_the_same_again()
    {
        ToolResult plan = Tool.Run(
            "plan", Legal, "--model", "linux-next", "--waive", "vm-02/vhost=>vm-01/ram");

        Assert.That(
            plan.Output,
            Does.Contain("--model linux-next").And.Contain("--waive").And.Contain("vm-02/vhost=>vm-01/ram"));
    }

    [Test]
    public void A_kernel_that_nobody_knows_accepts_nothing()
    {
        using Scratch scratch = new();
        string set = scratch.Write(
            "set.json",
            "{ \"schema\": \"graphorder/session-set/1\", \"host\": { \"kernel\": \"6.1.0\" }, "
            + "\"sessions\": [], \"objects\": [] }");
        ToolResult check = Tool.Run("check", set);

        Assert.That(check.ExitCode, Is.EqualTo(1));
        Assert.That(check.Output, Does.StartWith("NOT ACCEPTED").And.Contain("GO4012"));
    }

    [Test]
    public void A_closed_pipe_is_no_error()
    {
        using Process process = Tool.Start(
            null, "/bin/sh", "-c", $"'{Tool.Path}' generate chain --objects 20000 | head -n 1; exit 0");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();

        Assert.That(process.WaitForExit(60_000), Is.True);
        Assert.That(output, Is.EqualTo("{\n"));
        Assert.That(errors, Is.Empty);
    }

    [Test]
    public void Colour_is_for_terminals_only()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Ignore("script (bsdutils) is missing");
        }

        string InTerminal(Dictionary<string, string> environment)
        {
            using Process process = Tool.Start(
                environment, "/usr/bin/script", "-q", "-e", "-c", $"'{Tool.Path}' plan {Legal} --quiet",
                "/dev/null");
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            Assert.That(process.WaitForExit(60_000), Is.True);
            return output;
        }

        Assert.That(Tool.Run("plan", Legal).Output, Does.Not.Contain('\u001b'));
        Assert.That(InTerminal(new() { ["TERM"] = "xterm", ["NO_COLOR"] = "" }), Does.Match(Colour));
        Assert.That(
            InTerminal(new() { ["TERM"] = "xterm", ["NO_COLOR"] = "1" }), Does.Not.Match(Colour));
        Assert.That(InTerminal(new() { ["TERM"] = "dumb", ["NO_COLOR"] = "" }), Does.Not.Match(Colour));
    }

    private static class NativeMethods
    {
        public const int Interrupt = 2;

        [DllImport("libc", EntryPoint = "kill")]
        public static extern int Kill(int process, int signal);
    }
}
