namespace GraphOrder.Kernel.Tests;

/// <summary>Scripts of the guest: programs of the tool, memories handed to them, jumps.</summary>
[TestFixture]
public sealed class ScriptTests
{
    [Test]
    public void The_tool_runs_in_the_guest_and_memories_go_through_a_second_process()
    {
        BootLog log = Guest.Boot(new BootOptions("script", "tool")
        {
            WithTool = true,
            Texts = new()
            {
                ["/script"] = """
                    memory ram 65536 7 6
                    memory state 5000 99
                    descriptors /tmp/descriptors.json
                    run 0 /init verify /tmp/descriptors.json
                    run 0 /bin/graph-order plan /set.json --output /carried/plan.json --format json
                    run 2 /bin/graph-order plan
                    start holder /init hold vm-01 1=@ram 2=@state
                    start other /init hold vm-02
                    stop other
                    write /carried/word half-way
                    load /carried/plan.json /carried/word
                    jump
                    run 0 /bin/graph-order verify /set.json /carried/plan.json
                    read /carried/word
                    take vm-01 1=ram 2=state
                    """,
                ["/set.json"] = File.ReadAllText(Repository.In("tests", "samples", "two-vms.json")),
                ["/carried/word"] = "",
            },
        });

        log.AssertGood();
        Assert.That(log.After("out"), Does.Contain("half-way").And.Contain("wrong 0"), log.Text);
        Assert.That(
            log.After("ok").TakeLast(2), Is.EqualTo(new[] { "content ram", "content state" }), log.Text);
    }

    [Test]
    public void What_goes_wrong_in_a_script_is_said()
    {
        BootLog log = Guest.Boot(new BootOptions("script", "wrong")
        {
            Texts = new()
            {
                ["/script"] = """
                    memory ram 4096 7
                    memory other 4096 8
                    run 0 /init nonsense
                    start holder /init hold vm-01 1=@ram
                    load
                    jump
                    take vm-01 1=other
                    take vm-02 1=other
                    """,
            },
        });

        Assert.That(log.After("bad"), Is.EqualTo(new[]
        {
            "run /init nonsense: ends with 2, not 0",
            "content other: 4096 of 4096 bytes are wrong",
            "InvalidOperationException: Cannot make session vm-02: ENOENT.",
        }));
        Assert.That(log.Lines, Does.Contain("end"), log.Text);
    }
}
