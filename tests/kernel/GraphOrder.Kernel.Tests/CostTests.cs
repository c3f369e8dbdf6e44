using System.Globalization;

namespace GraphOrder.Kernel.Tests;

/// <summary>What a call costs through <c>LinuxCalls</c> beside the same call in C.</summary>
[TestFixture]
public sealed class CostTests
{
    private const double MicrosecondsOverCMax = 5;

    [Test]
    public void A_call_costs_little_more_than_in_C()
    {
        _ = Guest.DemandKernel();
        BootLog log = Guest.Boot(new BootOptions("cost") { Programs = new() { ["/get-name"] = Programs.Loop } });

        log.AssertGood();
        double[] ours = Figures(log, "ours");
        double[] raw = Figures(log, "raw");
        Assert.That(raw, Has.Length.EqualTo(ours.Length).And.Length.GreaterThan(10));

        // Each round against the one beside it: what slows the machine down for a while slows both.
        double[] differences = [.. ours.Zip(raw, static (a, b) => a - b)];
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"GET_NAME, median of {ours.Length}: {Median(ours):F2} us through LinuxCalls, {Median(raw):F2} us in C, "
                + $"{Median(differences):F2} us between rounds side by side"));
        Assert.That(Median(differences), Is.LessThan(MicrosecondsOverCMax));
    }

    private static double[] Figures(BootLog log, string word) => [.. log.After(word).Select(
        static figure => double.Parse(figure, CultureInfo.InvariantCulture))];

    private static double Median(double[] figures) => figures.Order().ElementAt(figures.Length / 2);
}
