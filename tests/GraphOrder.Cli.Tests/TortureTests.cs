namespace GraphOrder.Cli.Tests;

/// <summary><c>torture</c> where there is no kernel for it; the others boot one (tests/kernel).</summary>
[TestFixture]
public sealed class TortureTests
{
    [TestCase("--rounds 0", "--rounds cannot be 0. Give 1 or more.")]
    [TestCase("--seconds -1", "--seconds cannot be -1. Give 1 or more.")]
    [TestCase("--length 0", "--length cannot be 0. Give 1 to 10000.")]
    [TestCase("--length 10001", "--length cannot be 10001. Give 1 to 10000.")]
    public void A_wrong_number_is_one_sentence(string arguments, string sentence) =>
        Tool.Run(["torture", .. arguments.Split(' ')]).AssertIs(2, "", $"graph-order: {sentence}\n");

    [Test]
    public void Without_the_device_it_says_so()
    {
        if (File.Exists("/dev/liveupdate"))
        {
            Assert.Ignore("this machine has /dev/liveupdate, and GRAPHORDER_KERNEL's tests do the rest");
        }

        Tool.Run("torture").AssertIs(5, "", "graph-order: /dev/liveupdate cannot be opened (ENOENT). Run as root "
            + "on a kernel that was started with liveupdate=on, while nothing else has the device open.\n");
    }
}
