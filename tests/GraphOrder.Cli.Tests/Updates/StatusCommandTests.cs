using System.Text.Json;

namespace GraphOrder.Cli.Tests;

/// <summary>
/// What <c>status</c> says of a journal where the kernel cannot be asked: what is known, and what is not.
/// Which verdict it is, the table of StandingTests says.
/// </summary>
[TestFixture]
public sealed class StatusCommandTests
{
    private const string Done = "tests/fixtures/journals/update-done.journal";
    private const string Damaged = "tests/fixtures/journals/update-damaged.journal";

    // Records at the end of the one that is done: up to there it was in the old kernel, or had jumped.
    private const int Preserving = 34;
    private const int Ready = 26;
    private const int Retrieving = 12;

    private Scratch _scratch = null!;

    private static string ThisBoot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    [SetUp]
    public void Begin()
    {
        if (File.Exists("/dev/liveupdate"))
        {
            Assert.Ignore("this kernel can be asked");
        }

        _scratch = new Scratch();
    }

    [TearDown]
    public void End() => _scratch?.Dispose();

    [TestCase(Done, Preserving, "it was rebooted without the kexec, and what was preserved is gone")]
    [TestCase(Done, Retrieving, "it was booted again, and what was not finished is gone")]
    [TestCase(Damaged, 0, "it was booted again, and what was not finished is gone")]
    [TestCase(Done, 26, "its kernel was started without liveupdate=on and takes nothing over")]
    public void Another_kernel_says_what_it_knows_and_what_it_could_not_ask(
        string recorded, int cut, string perhaps)
    {
        (string text, int code) = Status(JournalBytes.Of(recorded, cut));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.StartWith("UNKNOWN here: this kernel wrote nothing into the journal, and cannot be asked. "));
        Assert.That(text, Does.Match(@"known it came to step \d+ of 17 in the (old|new) kernel, 7\.3\.4 \(boot boot-[12]\)"));
        Assert.That(text, Does.Contain($"unasked how it is now: this is boot {ThisBoot}, and there is no /dev/liveupdate here"));
        Assert.That(text, Does.Contain($"perhaps if this is the machine of the update, {perhaps}"));
        Assert.That(text, Does.Contain("do not apply or resume here; on the machine of the update, let no process"));
        Assert.That(text, Does.Contain("NEXT graph-order status --journal"));
    }

    [TestCase(0, "DONE: everything is retrieved and finished.")]
    [TestCase(1, "DONE: everything is retrieved and finished; only the journal's last record is missing.")]
    [TestCase(2, "DONE: everything is retrieved and finished; what is left is the session of the journal itself.")]
    [TestCase(3, "DONE: everything is retrieved and finished; what is left is the session of the journal itself.")]
    public void An_update_whose_steps_all_ended_is_done_wherever_it_is_read(int cut, string verdict)
    {
        (string text, int code) = Status(JournalBytes.Of(Done, cut));

        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.StartWith(verdict));
        Assert.That(text, Does.Not.Contain("NEXT"), "this kernel has no such session");
    }

    [Test]
    public void The_session_of_the_journal_itself_is_finished_by_going_on()
    {
        (string text, int code) = Status(JournalBytes.Of(Done, 3, "\"boot-2\"", $"\"{ThisBoot}\""));

        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain("what is left is the session of the journal itself."));
        Assert.That(text, Does.Contain($"NEXT graph-order resume --journal {_scratch.File("journal")}"));
    }

    [Test]
    public void Memory_that_came_back_changed_stops_at_its_step_with_what_not_to_do_and_the_next_command()
    {
        (string text, int code) = Status(JournalBytes.Of(Damaged, 0, "\"boot-2\"", $"\"{ThisBoot}\""));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.StartWith("STOPPED at step 11 of 17, as the journal has it. "));
        Assert.That(text, Does.Contain("failed 11 retrieve vm-01 0x1 vm-01/ram: it came back and is not as it was"));
        Assert.That(text, Does.Contain("differs vm-01/ram: content: sha256"));
        Assert.That(text, Does.Contain("unasked who holds the sessions: there is no /dev/liveupdate here."));
        Assert.That(text, Does.Contain("do not let vm-01 run on vm-01/ram: it is not what was preserved"));
        Assert.That(text, Does.Contain("DO NOT let the process that holds vm-01 exit"));
        Assert.That(text, Does.Contain($"NEXT graph-order resume --journal {_scratch.File("journal")} --accept-differing vm-01/ram"));
    }

    [Test]
    public void What_was_half_closed_is_only_called_off_and_no_kexec_is_advised()
    {
        (string text, int code) = Status(JournalBytes.Of(
            Done, Ready, "\"boot-1\"", $"\"{ThisBoot}\"", "{\"kind\":\"closed\",\"at\":1,\"session\":\"vm-02\""));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.StartWith("STOPPED while it was called off, and cannot go on; nothing is lost. "));
        Assert.That(text, Does.Contain("closed vm-02"));
        Assert.That(text, Does.Contain("held vm-01, graphorder: abort closes what is left in the plan's order"));
        Assert.That(text, Does.Contain($"NEXT graph-order abort --journal {_scratch.File("journal")}"));
        Assert.That(text, Does.Not.Contain("the kexec"));
    }

    [Test]
    public void A_journal_of_another_machine_is_called_so_and_nobody_goes_on_with_it()
    {
        byte[] bytes = JournalBytes.Of(Done, Retrieving, "\"process\":200", "\"process\":200,\"machine\":\"00\"");
        string journal = _scratch.File("journal");
        (string text, _) = Status(bytes);
        File.SetUnixFileMode(journal, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ToolResult resumed = Tool.Run("resume", "--journal", journal, "--", "true");

        Assert.That(text, Does.StartWith("UNKNOWN here: the journal is another machine's."));
        Assert.That(text, Does.Not.Contain("perhaps"));
        Assert.That(resumed.ExitCode, Is.EqualTo(1), resumed.Errors);
        Assert.That(resumed.Output, Does.StartWith("UNKNOWN here: the journal is another machine's."));
        Assert.That(resumed.Errors, Does.Contain("so 'true' is not started"));
        Assert.That(File.ReadAllBytes(journal), Is.EqualTo(bytes), "nothing was written into it");
    }

    [Test]
    public void Programs_are_told_that_only_the_journal_tells()
    {
        File.WriteAllBytes(_scratch.File("journal"), JournalBytes.Of(Done, Retrieving));
        ToolResult result = Tool.Run("status", "--journal", _scratch.File("journal"), "--format", "json");
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement status = document.RootElement.GetProperty("x-status");

        Assert.That(status.GetProperty("verdict").GetString(), Is.EqualTo("UNKNOWN"));
        Assert.That(status.GetProperty("seen").GetBoolean(), Is.False);
    }

    [Test]
    public void Abort_has_nothing_to_call_off_in_another_kernel()
    {
        string journal = _scratch.File("journal");
        File.WriteAllBytes(journal, JournalBytes.Of(Done, Preserving));
        File.SetUnixFileMode(journal, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        byte[] before = File.ReadAllBytes(journal);
        ToolResult result = Tool.Run("abort", "--journal", journal);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((1, "")));
        Assert.That(result.Output, Does.StartWith("UNKNOWN here"));
        Assert.That(File.ReadAllBytes(journal), Is.EqualTo(before));
    }

    // The text with its line breaks and columns taken out.
    private (string Text, int Code) Status(byte[] journal)
    {
        File.WriteAllBytes(_scratch.File("journal"), journal);
        ToolResult result = Tool.Run("status", "--journal", _scratch.File("journal"));
        Assert.That(result.Errors, Is.Empty);
        string[] words = result.Output.Replace("\\\n", " ", StringComparison.Ordinal)
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return (string.Join(' ', words), result.ExitCode);
    }
}
