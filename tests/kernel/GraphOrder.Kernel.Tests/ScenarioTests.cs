namespace GraphOrder.Kernel.Tests;

/// <summary>
/// What the kernel's own tests preserve, through <c>LinuxCalls</c> across a real kexec, every byte compared;
/// and
/// the calls allocate nothing.
/// </summary>
[TestFixture]
public sealed class ScenarioTests
{
    [TestCase("simple", 1, 1)]
    [TestCase("multi-session", 4, 6)]
    [TestCase("500-files", 1, 500)]
    [TestCase("2000-sessions", 2000, 2000)]
    public void What_was_preserved_is_retrieved_behind_the_kexec(string scenario, int sessions, int files)
    {
        BootLog log = Guest.Boot(new BootOptions("scenario", scenario));

        log.AssertGood();
        Assert.That(log.After("kernel"), Is.EqualTo(new[] { "1 scenario", "2 scenario" }));
        Assert.That(log.After("preserved"), Is.EqualTo(new[] { $"{sessions} {files} allocated 0" }));
        Assert.That(log.After("retrieved"), Is.EqualTo(new[] { $"{sessions} {files} wrong 0 allocated 0" }));
    }
}
