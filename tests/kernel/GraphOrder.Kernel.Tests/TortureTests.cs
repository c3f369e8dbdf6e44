using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// Random calls, the kernel against the simulator. A short run each time; GRAPHORDER_LONG=1 makes it an hour.
/// </summary>
[TestFixture]
public sealed partial class TortureTests
{
    private const int Length = 60;

    private static bool IsLong => Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1";

    [Test]
    public void The_kernel_and_the_simulator_answer_alike()
    {
        int seconds = IsLong ? 1800 : 20;
        Check("torture", string.Create(CultureInfo.InvariantCulture, $"{Seed()}:{seconds}:{Length}"), seconds);
    }

    [Test]
    public void They_answer_alike_across_kexec_after_kexec()
    {
        int hops = IsLong ? 1000 : 10;
        Check("hops", string.Create(CultureInfo.InvariantCulture, $"{Seed()}:{hops}:{Length}"), 3 * hops);
    }

    [GeneratedRegex(@"^(?<rounds>\d+) calls (?<calls>\d+)$")]
    private static partial Regex Counts();

    // Another seed with each run, which a failure names; GRAPHORDER_SEED repeats one.
    private static string Seed() => Environment.GetEnvironmentVariable("GRAPHORDER_SEED")
        ?? DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    private static void Check(string mode, string argument, int seconds)
    {
        BootLog log = Guest.Boot(new BootOptions(mode, argument) { Limit = TimeSpan.FromSeconds(120 + (2 * seconds)) });

        Match[] counts = [.. log.After("rounds").Select(line => Counts().Match(line))];
        TestContext.Out.WriteLine(
            $"{mode} {argument}: {counts.Sum(count => long.Parse(count.Groups["rounds"].Value))} rounds, "
            + $"{counts.Sum(count => long.Parse(count.Groups["calls"].Value))} calls in each, "
            + $"{log.After("bad").Count} differences, {log.Seconds:F1} s");
        log.AssertGood();
        Assert.That(counts, Is.Not.Empty);
    }
}
