using System.Globalization;

namespace GraphOrder.Kernel.Tests;

/// <summary>What a call costs through <c>LinuxCalls</c> beside the same call in C.</summary>
[TestFixture]
public sealed class CostTests
{
    // The goal is 5; an emulated processor on a busy machine is granted more.
    private const double MicrosecondsOverCMax = 15;

    [Test]
    public void A_call_costs_little_more_than_in_C()
    {
        _ = Guest.DemandKernel();
        BootLog log = Guest.Boot(new BootOptions("cost") { Programs = new() { ["/get-name"] = Programs.Loop } });

        log.AssertGood();
        double ours = Median(log.After("ours"));
        double raw = Median(log.After("raw"));
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"GET_NAME, median of {log.After("ours").Count}: {ours:F2} us through LinuxCalls, {raw:F2} us in C"));
        Assert.That(ours - raw, Is.LessThan(MicrosecondsOverCMax));
    }

    private static double Median(List<string> figures)
    {
        Assert.That(figures, Is.Not.Empty);
        double[] sorted = [.. figures.Select(figure => double.Parse(figure,
            CultureInfo.InvariantCulture)).Order()];
        return sorted[sorted.Length / 2];
    }
}
