using System.Globalization;
using System.Text.Json;
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

    // The simulator loses everything in the jump here, which takes a session before it and a retrieve behind.
    [Test]
    public void A_difference_behind_a_kexec_is_made_short_on_both_sides()
    {
        BootLog log = Guest.Boot(new BootOptions("hops", "3:20:12:legacy") { Limit = TimeSpan.FromMinutes(8) });

        Assert.That(log.Lines, Does.Contain("end"), log.Text);
        Assert.That(log.After("bad"), Has.Count.EqualTo(1), log.Text);
        Match shrunk = ShrunkTo().Match(log.After("shrunk").Single());
        Assert.That(shrunk.Success, log.Text);
        Assert.That(
            (shrunk.Groups["first"].Value, shrunk.Groups["second"].Value), Is.EqualTo(("2", "2")), log.Text);
        Assert.That(shrunk.Groups["answers"].Value, Is.EqualTo("0 in the kernel, ENOENT in the simulator"));
    }

    [Test]
    public void The_tool_tells_so_as_text_and_as_a_document_of_its_schema()
    {
        BootLog log = Guest.Boot(new BootOptions("script", "torture")
        {
            WithTool = true,
            Texts = new()
            {
                ["/script"] = """
                    run 0 /bin/graph-order torture --rounds 30 --seed 9
                    run 0 /bin/graph-order torture --rounds 30 --seed 9 --format json
                    run 2 /bin/graph-order torture --rounds 0
                    """,
            },
        });

        log.AssertGood();
        List<string> said = log.After("out");
        Match text = ToolLine().Match(said[0]);
        Assert.That(text.Success, log.Text);
        string document = Path.Combine(Artifacts.Folder("boots"), "torture.json");
        File.WriteAllLines(document, said.Skip(1));
        using JsonDocument read = JsonDocument.Parse(File.ReadAllText(document));
        Assert.That(
            read.RootElement.GetProperty("calls").GetInt64().ToString(CultureInfo.InvariantCulture),
            Is.EqualTo(text.Groups["calls"].Value));
        Command.Demand("python3");
        (_, string verdict) = Command.Run(
            TimeSpan.FromMinutes(1), null, "python3",
            "tests/GraphOrder.Tests/Documents/check_schema.py",
            "src/GraphOrder.Cli/Commands/torture.schema.json", document);
        Assert.That(verdict, Is.EqualTo("valid\n"));
    }

    [GeneratedRegex(@"^ALIKE: 30 sequences, (?<calls>\d+) calls in each, seed 9\.$")]
    private static partial Regex ToolLine();

    [GeneratedRegex(@"^to (?<first>\d+) and (?<second>\d+) calls, kernel \d+: (?<answers>.*)$")]
    private static partial Regex ShrunkTo();

    [GeneratedRegex(@"^(?<rounds>\d+) calls (?<calls>\d+)$")]
    private static partial Regex Counts();

    // Another seed with each run, which a failure names; GRAPHORDER_SEED repeats one.
    private static string Seed() => Environment.GetEnvironmentVariable("GRAPHORDER_SEED")
        ?? DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    private static void Check(string mode, string argument, int seconds)
    {
        // A difference behind a kexec takes minutes to be made short.
        BootLog log = Guest.Boot(new BootOptions(mode, argument)
        {
            Limit = TimeSpan.FromSeconds((mode == "hops" ? 720 : 120) + (2 * seconds)),
        });

        Match[] counts = [.. log.After("rounds").Select(line => Counts().Match(line))];
        TestContext.Out.WriteLine(
            $"{mode} {argument}: {counts.Sum(count => long.Parse(count.Groups["rounds"].Value))} rounds, "
            + $"{counts.Sum(count => long.Parse(count.Groups["calls"].Value))} calls in each, "
            + $"{log.After("bad").Count} differences, {log.Seconds:F1} s");
        log.AssertGood();
        Assert.That(counts, Is.Not.Empty);
    }
}
