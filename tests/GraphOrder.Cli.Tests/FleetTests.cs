using System.Diagnostics;
using GraphOrder.Cli.Tests.Terminals;

namespace GraphOrder.Cli.Tests;

/// <summary><c>fleet</c> becomes another program; a shell script stands for that one.</summary>
[TestFixture]
public sealed class FleetTests
{
    private const string Program = "graph-order-fleet";
    private const string Missing =
        "graph-order: graph-order-fleet is neither beside this program nor in a folder of PATH: it is the "
        + "package GraphOrder.Fleet ('dotnet tool install --global GraphOrder.Fleet').\n";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static string Compiled => Path.Combine(
        Tool.Root, "artifacts", "bin", "GraphOrder.Cli",
        Path.GetFileName(TestContext.CurrentContext.TestDirectory.TrimEnd('/')), "graph-order.dll");

    [TestCase]
    [TestCase("status", "--watch")]
    [TestCase("--help")]
    [TestCase("rollout", "--help")]
    [TestCase("--version")]
    [TestCase("--no-such-option", "-x", "--quiet", "--verbose")]
    [TestCase("--", "-", "", "two words", "a\nline", "*", "$HOME", "@file", "'\"", "\\", "fleet", "höst")]
    public void The_other_program_gets_every_word_as_it_is(params string[] words)
    {
        using Scratch scratch = new();
        string program = Write(scratch, """printf '[%s]' "$0" "$@" """);

        Run(scratch.Folder, ["fleet", .. words]).AssertIs(
            0, string.Concat(words.Prepend(program).Select(static word => $"[{word}]")), "");
    }

    [Test]
    public void Options_of_every_command_may_stand_in_front_and_stay_there()
    {
        using Scratch scratch = new();
        Write(scratch, """printf '[%s]' "$@" """);

        Run(scratch.Folder, "--quiet", "fleet", "status").AssertIs(0, "[status]", "");
    }

    [Test]
    public void Standard_streams_are_its_own()
    {
        using Scratch scratch = new();
        Write(scratch, "echo before >&2; cat; echo after >&2");
        byte[] input = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)(i % 251))];

        ToolResult result = Tool.RunWith(input, PathOf(scratch.Folder), "fleet");

        Assert.That(result.OutputBytes, Is.EqualTo(input));
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "before\nafter\n")));
    }

    [TestCase("exit 0", 0)]
    [TestCase("exit 1", 1)]
    [TestCase("exit 42", 42)]
    [TestCase("kill -KILL $$", 128 + 9)]
    public void How_it_ends_is_how_the_other_program_ends(string body, int exitCode)
    {
        using Scratch scratch = new();
        Write(scratch, body);

        Run(scratch.Folder, "fleet").AssertIs(exitCode, "", "");
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    public void A_signal_is_for_the_other_program_which_is_the_same_process(string signal)
    {
        using Scratch scratch = new();
        Write(scratch, $"trap 'echo {signal}; exit 7' {signal}; echo $$; while :; do sleep 0.1; done");
        using Process process = Tool.Start(PathOf(scratch.Folder), Tool.Path, "fleet");
        process.StandardInput.Close();
        try
        {
            Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo($"{process.Id}"));
            using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            {
                kill.WaitForExit();
            }

            Assert.That(process.WaitForExit(20_000), Is.True);
            Assert.That(process.StandardOutput.ReadToEnd(), Is.EqualTo($"{signal}\n"));
            Assert.That((process.ExitCode, process.StandardError.ReadToEnd()), Is.EqualTo((7, "")));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Test]
    public void A_terminal_is_handed_on_as_it_was()
    {
        using Scratch scratch = new();
        Write(scratch, "test -t 0 && test -t 1 && test -t 2 && stty -g");

        string[] lines = Terminal
            .Run(80, $"stty -g; PATH={scratch.Folder}:$PATH {{tool}} fleet")
            .Split("\r\n");

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Is.EqualTo(lines[0]).And.Not.Empty);
    }

    // The same script started by itself says what there is to compare with. .NET ignores SIGPIPE, in both
    // programs.
    [Test]
    public void It_inherits_what_it_would_have_without_a_program_in_between()
    {
        using Scratch scratch = new();
        string program = Write(
            scratch, "grep '^Sig[BI]' /proc/self/status; ls /proc/$$/fd; pwd; env | grep -v '^_=' | sort");
        string[] given = ["--ignore-signal=PIPE", "--ignore-signal=HUP"];

        string alone = Output(Tool.Start(PathOf(scratch.Folder), "env", [.. given, program]));
        string through = Output(Tool.Start(PathOf(scratch.Folder), "env", [.. given, Tool.Path, "fleet"]));

        Assert.That(alone, Does.Contain("SigIgn:\t0000000000001001\n").And.Contain("\n0\n1\n"));
        Assert.That(through, Is.EqualTo(alone));
    }

    [Test]
    public void Where_it_is_missing_one_sentence_names_the_package()
    {
        using Scratch scratch = new();

        Run(scratch.Folder, "fleet", "--help").AssertIs(3, "", Missing);
        Run("", "fleet").AssertIs(3, "", Missing);
        Run(scratch.File("no-such-folder") + ":/dev/null", "fleet").AssertIs(3, "", Missing);
    }

    [Test]
    public void What_is_not_executable_and_what_is_a_folder_is_passed_over()
    {
        using Scratch plain = new();
        using Scratch folder = new();
        using Scratch dangling = new();
        using Scratch right = new();
        File.SetUnixFileMode(Write(plain, "echo plain"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(folder.File(Program));
        File.CreateSymbolicLink(dangling.File(Program), "nowhere");
        Write(right, "echo right");
        string wrong = $"{plain.Folder}:{folder.Folder}:{dangling.Folder}";

        Run(wrong, "fleet").AssertIs(3, "", Missing);
        Run($"{wrong}:{right.Folder}", "fleet").AssertIs(0, "right\n", "");
    }

    [TestCase("tests")]
    [TestCase(".")]
    [TestCase("")]
    public void A_relative_folder_of_the_path_is_passed_over(string inPath)
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.File("tests"));
        Write(scratch, "echo here");
        File.CreateSymbolicLink(scratch.File($"tests/{Program}"), scratch.File(Program));

        Output(
            Tool.Start(PathOf($"{inPath}:/dev/null"), "env", "-C", scratch.Folder, Tool.Path, "fleet"), 3);
    }

    [Test]
    public void What_the_kernel_does_not_take_is_told()
    {
        using Scratch scratch = new();
        string program = scratch.Write(Program, "no program\n");
        File.SetUnixFileMode(program, Executable);

        Run(scratch.Folder, "fleet").AssertIs(
            3, "", $"graph-order: '{program}' cannot be started: Exec format error. Where it is damaged, install the package "
            + "GraphOrder.Fleet again.\n");
    }

    [Test]
    public void The_one_beside_the_tool_goes_before_the_path()
    {
        using Scratch beside = new();
        using Scratch inPath = new();
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Tool.Path)!))
        {
            File.Copy(file, beside.File(Path.GetFileName(file)));
        }

        Write(beside, "echo beside");
        Write(inPath, "echo path");
        string tool = beside.File("graph-order");

        Assert.That(Output(Tool.Start(PathOf(inPath.Folder), tool, "fleet")), Is.EqualTo("beside\n"));
        File.Delete(beside.File(Program));
        Assert.That(Output(Tool.Start(PathOf(inPath.Folder), tool, "fleet")), Is.EqualTo("path\n"));
    }

    [Test]
    public void The_tool_that_dotnet_runs_becomes_it_too()
    {
        using Scratch scratch = new();
        Write(scratch, """printf '[%s]' $$ "$@" """);

        using Process process = Tool.Start(
            PathOf(scratch.Folder), "dotnet", Compiled, "fleet", "why-waiting", "two words");
        string id = $"{process.Id}";

        Assert.That(Output(process), Is.EqualTo($"[{id}][why-waiting][two words]"));
    }

    [Test]
    public void Help_and_completion_know_it()
    {
        Assert.That(Tool.Run("--help").Output, Does.Match("\n  fleet +"));
        Assert.That(Tool.Run("[complete]", "fish", "fle").Output, Does.Contain("\nfleet\t"));
        Tool.Run("[complete]", "fish", "", "fleet", "--hosts").AssertIs(0, "files \n", "");
        Tool.Run("[complete]", "fish", "--", "fleet").AssertIs(0, "files \n", "");
    }

    // What an ordinary PATH has behind it is there for the script's own programs.
    private static Dictionary<string, string> PathOf(string folders) =>
        new() { ["PATH"] = folders.Length == 0 ? "" : $"{folders}:/usr/bin:/bin" };

    private static ToolResult Run(string path, params string[] arguments) =>
        Tool.RunWith(null, PathOf(path), arguments);

    private static string Write(Scratch scratch, string body)
    {
        string path = scratch.Write(Program, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, Executable);
        return path;
    }

    private static string Output(Process process, int exitCode = 0)
    {
        using (process)
        {
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.EqualTo(exitCode), errors);
            Assert.That(errors, exitCode == 0 ? Is.Empty : Is.EqualTo(Missing));
            return output;
        }
    }
}
