namespace GraphOrder.Kernel.Tests;

/// <summary>
/// An update under another's custody, on the real kernel: the sessions are a daemon's, who gives them to the
/// tool over a socket, takes what was retrieved, and closes them when the update is called off.
/// </summary>
[TestFixture]
public sealed class CustodyTests
{
    private static readonly string[] AllRight = ["right vm-01/ram", "right vm-01/state", "right vm-02/ram"];

    [Test]
    public void What_a_daemon_holds_is_applied_and_resumed_and_all_content_is_right()
    {
        BootLog log = Custody.Boot("luod", Custody.Memories + $"""
            {Custody.StartAgent}
            held graphorder vm-01 vm-02
            run 0 {Custody.Apply} luod --dry-run
            run 0 {Custody.Apply} luod
            run 0 {Custody.Status}
            resizes vm-01/ram no
            load
            jump
            run 3 {Custody.Status}
            {Custody.StartAgent}
            run 0 {Custody.Resume}
            run 0 {Custody.Status}
            read /tmp/agent
            held graphorder vm-01 vm-02
            """);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said.Where(line => line.StartsWith("right")), Is.EquivalentTo(AllRight), log.Text);
        Assert.That(said.Where(line => line.StartsWith("wrong")), Is.Empty, log.Text);
        Assert.That(said.Count(line => line.StartsWith("READY for the kexec")), Is.EqualTo(2), log.Text);
        Assert.That(said.Count(line => line.StartsWith("DONE")), Is.EqualTo(2), log.Text);
    }

    [Test]
    public void What_a_daemon_holds_is_called_off_in_the_plans_order()
    {
        BootLog log = Custody.Boot("abort", Custody.Memories + $"""
            {Custody.StartAgent}
            run 0 {Custody.Apply} luod
            resizes vm-01/ram no
            resizes vm-02/ram no
            run 5 /bin/graph-order abort
            held graphorder vm-01 vm-02
            run 0 {Custody.Abort}
            held
            resizes vm-01/ram yes
            resizes vm-01/state yes
            resizes vm-02/ram yes
            run 0 {Custody.Status}
            run 0 {Custody.Abort}
            read /tmp/agent
            stop agent
            {Custody.StartAgent}
            run 0 {Custody.Apply} luod
            run 0 {Custody.Abort}
            held
            """);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said, Has.Some.StartsWith("CALLED OFF: every session is closed"), log.Text);
        Assert.That(
            said.Where(line => line.StartsWith("closed ")),
            Is.EqualTo(new[] { "closed vm-02", "closed vm-01", "closed graphorder" }), log.Text);
        Assert.That(said, Has.Some.Contains("is still held by process").And.Some.Contains("(luod)"), log.Text);
    }

    [Test]
    public void A_custody_that_is_not_so_is_refused_before_the_kernel_is_asked()
    {
        BootLog log = Custody.Boot("custody", Custody.Memories + $"""
            {Custody.StartAgent}
            run 1 {Custody.Apply} systemd
            run 1 {Custody.Apply} luod --holder 1
            run 3 {Custody.Status}
            resizes vm-01/ram yes
            stop agent
            held
            run 5 {Custody.Apply} luod
            """);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said.Count(line => line.StartsWith("REFUSED") && line.Contains("GO6103")), Is.EqualTo(2), log.Text);
        Assert.That(said, Has.Some.Contains("luod").And.Some.Contains("the service manager (process 1)"), log.Text);
    }

    [Test]
    public void What_the_first_process_stores_is_read_back_there_applied_and_resumed()
    {
        const string apply = "/init listen /bin/graph-order apply /tmp/plan.json --set /set.json --custody systemd";
        BootLog log = Custody.Boot("systemd", Custody.Memories + $"""
            store vm-01 vm-02
            run 1 {apply}
            store graphorder
            held graphorder vm-01 vm-02
            run 0 {apply} --dry-run
            run 0 {apply} --stable vm-01/ram --stable vm-01/state --stable vm-02/ram
            run 0 {Custody.Status}
            held graphorder vm-01 vm-02
            resizes vm-01/ram no
            load
            jump
            store graphorder vm-01 vm-02
            run 0 /init listen /bin/graph-order resume -- /init inherited
            run 0 {Custody.Status}
            held graphorder vm-01 vm-02
            """);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said.Count(line => line.StartsWith("REFUSED")), Is.EqualTo(1), log.Text);
        Assert.That(said.Where(line => line.Contains("GO6103")), Has.One.Items.And.Some.Contains("graphorder"), log.Text);
        Assert.That(said.Count(line => line.StartsWith("READY for the kexec")), Is.EqualTo(2), log.Text);
        Assert.That(said, Does.Contain("inherited 3 right, 0 wrong"), log.Text);
        Assert.That(said, Has.Some.StartsWith("DONE: everything is retrieved and finished"), log.Text);
    }

    [Test]
    public void A_memory_that_is_not_as_it_was_stops_the_run_until_it_is_accepted()
    {
        BootLog log = Custody.Boot("differs", Custody.Memories + $"""
            {Custody.StartAgent}
            run 0 {Custody.Apply} luod --stable vm-01/state --stable vm-02/ram
            poke vm-01/state 4321 1
            load
            jump
            {Custody.StartAgent}
            run 5 {Custody.Resume}
            run 1 {Custody.Status}
            run 5 {Custody.Resume}
            run 0 {Custody.Resume} --accept-differing vm-01/state
            run 0 {Custody.Status}
            read /tmp/agent
            """);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said.Where(line => line.StartsWith("right ")).Distinct(), Is.EquivalentTo(
            new[] { "right vm-01/ram", "right vm-02/ram" }), log.Text);
        Assert.That(
            said.Where(line => line.StartsWith("wrong ")), Is.EqualTo(new[] { "wrong vm-01/state 1" }), log.Text);
        Assert.That(
            log.After("err").Count(line => line.Contains("vm-01/state is not as it was: content: sha256")),
            Is.EqualTo(2), log.Text);
        Assert.That(said, Has.Some.EqualTo("  differs  vm-01/state: content: sha256"), log.Text);
    }

    [Test]
    public void A_process_that_alone_holds_everything_waits_and_another_takes_it_over()
    {
        string set = Custody.Set.Replace(
            "\"needs\": [ \"vm-01/ram\" ] } ] }",
            """
            "needs": [ "vm-01/ram" ] },
                { "id": "yes", "kind": "act", "session": "vm-02", "phase": "retrieve" } ],
              "dependencies": [ { "dependent": "yes", "on": "vm-02/ram", "phases": [ "retrieve" ] } ] }
            """);
        BootLog log = Custody.Boot("takes-over", Custody.Memories + $"""
            given /tmp/given.json
            load
            jumps {Custody.ApplySelf} --act /init
            start first /bin/graph-order resume --act /nobody -- /init inherited
            held graphorder vm-01 vm-02
            run 1 /bin/graph-order status
            run 0 /bin/graph-order resume --act /init -- /init inherited
            run 0 /bin/graph-order status
            """, set);

        log.AssertGood();
        List<string> said = log.After("out");
        Assert.That(said, Has.Some.StartsWith("STOPPED at step"), log.Text);
        Assert.That(said, Does.Contain("inherited 3 right, 0 wrong"), log.Text);
        Assert.That(said, Has.Some.StartsWith("DONE: everything is retrieved"), log.Text);
    }
}
