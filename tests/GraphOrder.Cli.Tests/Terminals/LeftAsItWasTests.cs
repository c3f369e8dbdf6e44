using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GraphOrder.Cli.Tests.Terminals;

/// <summary>What a terminal, and whoever pressed Ctrl+C there, is left with.</summary>
[TestFixture]
public sealed class LeftAsItWasTests
{
    [TestCase("plan tests/samples/two-vms.json", "LEGAL")]
    [TestCase("plan --help", "Usage:")]
    [TestCase("pln", "There is no command 'pln'")]
    [TestCase("plan - < tests/samples/two-vms.json", "LEGAL")]
    public void The_keypad_stays_in_the_mode_that_it_had(string command, string answer)
    {
        string shown = Terminal.Run(80, $"{{tool}} {command}");

        Assert.That(shown, Does.Contain(answer));
        Assert.That(shown, Does.Not.Contain("\u001b[?1h").And.Not.Contain("\u001b="));
    }

    [Test]
    public void A_document_that_is_typed_is_read_to_its_end() => Assert.That(
        Terminal.Run(80, "cat tests/samples/two-vms.json | script -q -e -c \"{tool} plan - > /dev/null && echo read\" /dev/null"),
        Does.Contain("read"));

    // Whoever writes into the pipe dies of the same signal, so its end comes together with Ctrl+C.
    [TestCase("sleep 100", "check -")]
    [TestCase("(head -c 100 /dev/zero; sleep 100)", "import systemd -")]
    [TestCase("(cat tests/samples/two-vms.json; sleep 100)", "plan - --output {file}")]
    public void Ctrl_C_while_a_pipe_is_read_ends_with_130_at_once(string writer, string command)
    {
        if (!File.Exists("/usr/bin/setsid"))
        {
            Assert.Ignore("setsid (util-linux) is missing");
        }

        using Scratch scratch = new();
        string told = command.Replace("{file}", scratch.File("plan"), StringComparison.Ordinal);
        using Process group = Tool.Start(
            null, "/usr/bin/setsid", "/bin/sh", "-c", $"trap : INT; {writer} | '{Tool.Path}' {told}; echo code=$?");
        Thread.Sleep(1_500);
        Stopwatch since = Stopwatch.StartNew();
        Assert.That(NativeMethods.Kill(-group.Id, NativeMethods.Interrupt), Is.Zero);

        Assert.That(group.WaitForExit(20_000), Is.True);
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(group.StandardOutput.ReadToEnd(), Is.EqualTo("code=130\n"));
        Assert.That(group.StandardError.ReadToEnd(), Does.EndWith("graph-order: Cancelled.\n"));
        Assert.That(scratch.Names(), Is.Empty);
    }

    private static class NativeMethods
    {
        public const int Interrupt = 2;

        [DllImport("libc", EntryPoint = "kill")]
        public static extern int Kill(int process, int signal);
    }
}
