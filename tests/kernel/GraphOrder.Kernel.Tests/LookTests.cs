namespace GraphOrder.Kernel.Tests;

/// <summary>The guest itself.</summary>
[TestFixture]
public sealed class LookTests
{
    [Test]
    public void The_kernel_boots_and_has_the_device()
    {
        BootLog log = Guest.Boot(new BootOptions("look"));

        log.AssertGood();
        Assert.That(log.After("device"), Is.EqualTo(new[] { "opens" }));
        Assert.That(log.After("release")[0], Does.StartWith("7.3"));
    }
}
