using System.Globalization;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// The tool is killed by SIGKILL behind each record of its journal, on the real kernel, and the update goes
/// on.
/// </summary>
[TestFixture]
public sealed class KillTests
{
    // Header, set, plan, three creates, three looked at and preserved, the journal's own preserve.
    private const int ApplyLines = 18;

    // The same, and the jump: the kill behind its record comes before the call.
    private const int ApplySelfLines = 21;

    // Three sessions are closed, and then it is over.
    private const int AbortLines = 4;

    // A process has one record, a memory four, a session's finish two: so the last kills fall between
    // finishes.
    private static readonly int[] NewKernelLines = [1, 2, 3, 4, 5, 6, 7, 2, 3, 2, 3];

    [Test]
    public void An_apply_that_is_killed_behind_any_record_goes_on_or_is_done_again()
    {
        // Nothing was asked of the kernel yet: it is applied again.
        string early = Custody.Each(Enumerable.Range(1, 3), lines => $"""
            kill-at {lines} {Custody.Apply} luod
            run 0 {Custody.Apply} luod
            run 0 {Custody.Abort}
            stop agent
            {Custody.StartAgent}
            """);
        string later = Custody.Each(Enumerable.Range(4, ApplyLines - 3), lines => $"""
            kill-at {lines} {Custody.Apply} luod
            run 0 {Custody.ResumeOld}
            run 0 {Custody.Status}
            run 0 {Custody.Abort}
            held
            resizes vm-01/ram yes
            resizes vm-02/ram yes
            stop agent
            {Custody.StartAgent}
            """);
        BootLog log = Custody.Boot("kill-apply", Custody.Memories + Custody.StartAgent + early + later);

        log.AssertGood();
        Demand(log, "apply", Enumerable.Range(1, ApplyLines));
    }

    [Test]
    public void An_abort_that_is_killed_behind_any_record_is_asked_for_again()
    {
        BootLog log = Custody.Boot("kill-abort", Custody.Memories + Custody.StartAgent
            + Custody.Each(Enumerable.Range(1, AbortLines), lines => $"""
            run 0 {Custody.Apply} luod
            kill-at {lines} {Custody.Abort}
            resizes vm-01/ram {(lines == "1" ? "no" : "yes")}
            resizes vm-02/ram yes
            held {(lines == "1" ? "graphorder vm-01" : lines == "2" ? "graphorder" : "")}
            run {(lines == "4" ? 0 : 1)} {Custody.Status}
            run {(lines == "4" ? 0 : 1)} {Custody.ResumeOld}
            run 0 {Custody.Abort}
            run 0 {Custody.Status}
            held
            resizes vm-01/ram yes
            resizes vm-01/state yes
            read /tmp/agent
            write /tmp/agent
            stop agent
            {Custody.StartAgent}
            """));

        log.AssertGood();
        Demand(log, "abort", Enumerable.Range(1, AbortLines));
        Assert.That(
            log.After("out").Where(line => line.StartsWith("closed ")),
            Is.EqualTo(Enumerable.Repeat(new[] { "closed vm-02", "closed vm-01", "closed graphorder" }, AbortLines)
                .SelectMany(static each => each)),
            log.Text);
        Assert.That(
            log.After("out").Count(line => line.StartsWith("STOPPED while it was called off")), Is.EqualTo(4), log.Text);
        Assert.That(log.After("out"), Has.None.Contains("run the kexec"), log.Text);
    }

    [Test]
    public void An_apply_in_its_own_custody_that_is_killed_behind_any_record_has_let_go_of_all()
    {
        BootLog log = Custody.Boot("kill-apply-self", Custody.Memories + "given /tmp/given.json\nload\n"
            + Custody.Each(Enumerable.Range(1, ApplySelfLines), lines => $"""
            kill-at {lines} {Custody.ApplySelf}
            held
            resizes vm-01/ram yes
            resizes vm-01/state yes
            resizes vm-02/ram yes
            {(int.Parse(lines) > 3 ? "run 1 /bin/graph-order resume" : "")}
            """)
            + $"""
            jumps {Custody.ApplySelf}
            run 0 /bin/graph-order resume -- /init inherited
            run 0 {Custody.Status}
            """);

        log.AssertGood();
        Demand(log, "apply", Enumerable.Range(1, ApplySelfLines));
        List<string> said = log.After("out");
        Assert.That(said.Count(line => line.StartsWith("LET GO")), Is.EqualTo(ApplySelfLines - 3), log.Text);
        Assert.That(said, Does.Contain("inherited 3 right, 0 wrong"), log.Text);
    }

    [Test]
    public void An_update_whose_every_process_is_killed_comes_over_whole()
    {
        BootLog log = Custody.Boot("kill-all", Custody.Memories + Custody.StartAgent
            + $"kill-at 5 {Custody.Apply} luod\n"
            + Custody.Each(Enumerable.Range(1, 5), lines => $"kill-at {lines} {Custody.ResumeOld}")
            + $"""
            run 0 {Custody.ResumeOld}
            load
            jump
            {Custody.StartAgent}

            """
            + Custody.Each(NewKernelLines[..^4], lines => $"kill-at {lines} {Custody.Resume}")
            + $"run 1 {Custody.Status}\n"
            + Custody.Each(NewKernelLines[^4..^1], lines => $"kill-at {lines} {Custody.Resume}")
            + $"""
            run 0 {Custody.Status}
            kill-at {NewKernelLines[^1]} {Custody.Resume}
            run 0 {Custody.Status}
            run 0 {Custody.Resume}
            run 0 {Custody.Status}
            read /tmp/agent
            held graphorder vm-01 vm-02
            """);

        log.AssertGood();
        Demand(log, "resume", [.. Enumerable.Range(1, 5), .. NewKernelLines]);
        List<string> said = log.After("out");

        // The last two were killed around the finish of the journal's own session.
        Assert.That(said, Has.Some.Contains("what is left is the session"), log.Text);
        Assert.That(said, Has.Some.Contains("only the journal's last record"), log.Text);
        Assert.That(said.Where(line => line.StartsWith("wrong ")), Is.Empty, log.Text);
        Assert.That(
            said.Where(line => line.StartsWith("right ")).Distinct(),
            Is.EquivalentTo(new[] { "right vm-01/ram", "right vm-01/state", "right vm-02/ram" }), log.Text);
    }

    // A process has one record, a session two, a memory three without a taker, a finish two.
    [TestCase(6, "LOST vm-01/ram and 1 more", "vm-02")]
    [TestCase(16, "LOST vm-01/ram and 2 more", "")]
    public void What_a_killed_process_alone_had_retrieved_is_said_to_be_lost(
        int lines, string told, string left)
    {
        // The process behind the kexec has no daemon behind it: its sessions end with it.
        BootLog log = Custody.Boot("kill-self", Custody.Memories + $"""
            given /tmp/given.json
            load
            jumps {Custody.ApplySelf}
            kill-at {lines} /bin/graph-order resume -- /init inherited
            held
            run 1 {Custody.Status}
            start rest /bin/graph-order resume -- /init inherited
            held {left}
            run 1 {Custody.Status}
            """);

        log.AssertGood();
        Demand(log, "resume", [lines]);
        Assert.That(log.After("out").Count(line => line.StartsWith(told)), Is.EqualTo(3), log.Text);
    }

    private static void Demand(BootLog log, string command, IEnumerable<int> lines) => Assert.That(
        log.After("killed"),
        Is.SupersetOf(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line} {command}"))),
        log.Text);
}
