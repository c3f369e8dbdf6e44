using System.Diagnostics;

namespace GraphOrder.Cli.Tests.Completions;

/// <summary>What the tool says can stand at a cursor.</summary>
[TestFixture]
public sealed class CompletionTests
{
    private const string Set = "tests/samples/two-vms.json";
    private const string Breaks = " \t\n\"'@><=;|&(:";

    [TestCase("bash", "complete -o bashdefault -o default -F _graph_order graph-order")]
    [TestCase("zsh", "#compdef graph-order")]
    [TestCase("fish", "complete -c graph-order")]
    public void A_script_is_printed(string shell, string part)
    {
        ToolResult result = Tool.Run("completion", shell);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.Contain(part).And.EndsWith("\n"));
    }

    [Test]
    public void A_shell_that_nobody_knows_is_a_wrong_command_line() => Tool.Run("completion", "fihs").AssertIs(
        2, "", "graph-order: SHELL cannot be 'fihs'. Did you mean 'fish'? Known: bash, zsh, fish.\n");

    [Test]
    public void A_set_that_cannot_be_read_has_no_names_and_no_word_is_said()
    {
        using Scratch scratch = new();
        string malformed = scratch.Write("malformed.json", "{ \"schema\": ");
        string huge = scratch.Write("huge.json", File.ReadAllText(Path.Combine(Tool.Root, Set)) + new string(' ', 9 << 20));
        foreach (string set in (string[])[malformed, huge, scratch.Folder, "/dev/zero", "-", "no-such-file", "/dev/stdin"])
        {
            ToolResult result = Complete("", "why", set);

            Assert.That((result.ExitCode, result.Output.Trim(), result.Errors), Is.EqualTo((0, "", "")), set);
        }
    }

    [Test]
    public void A_pipe_is_not_waited_for()
    {
        using Scratch scratch = new();
        string pipe = scratch.File("pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        ToolResult result = Complete("", "why", pipe);

        Assert.That((result.ExitCode, result.Output.Trim(), result.Errors), Is.EqualTo((0, "", "")));
    }

    [Test]
    public void What_a_terminal_cannot_show_is_not_offered()
    {
        using Scratch scratch = new();
        string set = scratch.Write("set.json", ShellTests.HostileSet());

        Complete("99-", "pins", set).AssertIs(0, " \n", "");
        Complete("00-", "pins", set).AssertIs(0, " \n00-a b\tmemfd\n", "");
    }

    [Test]
    public void A_set_of_many_objects_is_answered_soon_and_in_few_words()
    {
        using Scratch scratch = new();
        string set = scratch.File("set.json");
        Assert.That(Tool.Run("generate", "star", "--objects", "30000", "--output", set).ExitCode, Is.Zero);
        Stopwatch time = Stopwatch.StartNew();

        ToolResult result = Complete("", "pins", set);

        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(result.Output.Split('\n'), Has.Length.LessThanOrEqualTo(5_002));
    }

    [TestCase("graph-order plan --format=", "text", "json")]
    [TestCase("graph-order completion \"", "bash", "zsh", "fish")]
    [TestCase($"graph-order why {Set} session:", "vm-01", "vm-02")]
    [TestCase($"graph-order why {Set} session\\:", "session:vm-01", "session:vm-02")]
    [TestCase($"graph-order why {Set} 'session:", "session:vm-01", "session:vm-02")]
    public void Bash_gets_what_its_line_editor_puts_in(string line, params string[] expected) =>
        Assert.That(
            Tool.Run("[complete]", "bash", line, Breaks).Output.Split('\n')[1..], Is.SupersetOf(expected));

    [Test]
    public void A_nonsense_call_is_silent()
    {
        Tool.Run("[complete]").AssertIs(0, "", "");
        Tool.Run("[complete]", "bash").AssertIs(0, "", "");
        Complete("x", "no-such-command", "--no-such-option", "-").AssertIs(0, " \n", "");
        Complete("--no-such-option=", "plan").AssertIs(0, " \n", "");
    }

    private static ToolResult Complete(string typed, params string[] words) =>
        Tool.Run(["[complete]", "zsh", typed, .. words]);
}
