namespace GraphOrder.Cli.Tests.Terminals;

/// <summary>Answers in text are as wide as the terminal that they go to, and 80 columns in a pipe.</summary>
[TestFixture]
public sealed class WidthTests
{
    private static readonly string[] Commands =
    [
        "plan tests/samples/two-vms.json", "plan tests/samples/shared.json", "plan tests/samples/blackout.json",
        "plan tests/samples/hidden-map.json", "check tests/samples/vm-host.json", "compare tests/samples/two-vms.json",
        "why tests/samples/two-vms.json vm-01/ram vm-02/nic0", "pins tests/samples/two-vms.json vm-01/ram",
        "verify tests/samples/session-set.json tests/samples/plans/session-set.plan.json",
        "recover tests/samples/two-vms.json tests/samples/states/two-vms.all-held.json",
        "simulate tests/samples/two-vms.json --orders 3", "models linux-7.3 explicit-graph", "explain GO2003", "explain rules", "explain models",
        "diff tests/samples/seed.json tests/samples/seed-legal.json",
        "diff tests/samples/two-vms.json tests/samples/blackout.json", "diff tests/samples/shared.json tests/samples/two-vms.json",
        "walk tests/samples/hidden-map.img --set tests/samples/hidden-map.json --domain vm-02/domain --runs",
    ];

    private static IEnumerable<TestCaseData> NarrowAndWide => At(40, 132);

    private static IEnumerable<TestCaseData> Usual => At(80);

    private static IEnumerable<TestCaseData> At(params int[] widths) =>
        from command in Commands
        from width in widths
        select new TestCaseData(command, width);

    [TestCaseSource(nameof(NarrowAndWide))]
    public void No_line_is_wider_than_the_terminal(string command, int width)
    {
        string[] lines = Terminal.Text(width, $"{{tool}} {command} --quiet").Split('\n');

        Assert.That(lines, Has.Length.GreaterThan(2), lines[0]);
        Assert.That(lines.MaxBy(line => line.Length), Has.Length.LessThanOrEqualTo(Math.Min(width, 120)));
        Assert.That(lines.Where(line => line.EndsWith(' ')), Is.Empty);
    }

    [TestCaseSource(nameof(Usual))]
    public void At_80_columns_a_terminal_shows_what_a_pipe_gets(string command, int width)
    {
        string piped = Tool.Run([.. command.Split(' '), "--quiet"]).Output;

        Assert.That(Terminal.Text(width, $"{{tool}} {command} --quiet"), Is.EqualTo(piped));
    }

    [Test]
    public void A_wide_terminal_is_used() => Assert.That(
        Terminal.Text(132, "{tool} plan tests/samples/shared.json --quiet").Split('\n').Max(line => line.Length),
        Is.InRange(81, 120));

    [TestCase("bench plan --rounds 1")]
    [TestCase("bench walk --rounds 1 --size 2M")]
    [TestCase("generate table --size 2M --table vtd-second-stage --output /dev/null")]
    public void What_is_measured_fits_too(string command)
    {
        string[] lines = Terminal.Text(40, $"{{tool}} {command} --quiet").Split('\n');

        Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(40), string.Join('\n', lines));
    }

    [Test]
    public void COLUMNS_wins_over_the_terminal_and_changes_nothing_of_a_pipe()
    {
        const string command = "{tool} plan tests/samples/shared.json --quiet";
        string piped = Tool.Run("plan", "tests/samples/shared.json").Output;

        Assert.That(Terminal.Text(132, command, told: "60"), Is.EqualTo(Terminal.Text(60, command)));
        Assert.That(Terminal.Text(60, command, told: "80"), Is.EqualTo(piped));
        Assert.That(Terminal.Text(80, command, told: "many"), Is.EqualTo(piped));
        Assert.That(
            Tool.RunWith(null, new() { ["COLUMNS"] = "40" }, "plan", "tests/samples/shared.json").Output,
            Is.EqualTo(piped));
        Assert.That(Terminal.Text(60, $"{command} | cat"), Is.EqualTo(piped));
    }

    [Test]
    public void Help_fits_the_terminal_and_what_COLUMNS_says()
    {
        string narrow = Terminal.Text(60, "{tool} plan --help");

        Assert.That(narrow.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(60));
        Assert.That(Terminal.Text(132, "{tool} plan --help", told: "60"), Is.EqualTo(narrow));
        Assert.That(Terminal.Text(132, "{tool} plan --help"), Is.Not.EqualTo(narrow));
    }

    [Test]
    public void A_terminal_that_knows_no_width_gets_80_columns_and_a_tiny_one_40()
    {
        const string command = "{tool} plan tests/samples/shared.json --quiet";

        Assert.That(Terminal.Text(0, command), Is.EqualTo(Tool.Run("plan", "tests/samples/shared.json").Output));
        Assert.That(Terminal.Text(10, command), Is.EqualTo(Terminal.Text(40, command)));
    }

    [Test]
    public void A_file_gets_80_columns()
    {
        using Scratch scratch = new();
        string file = scratch.File("plan.txt");
        _ = Terminal.Run(40, $"{{tool}} plan tests/samples/shared.json --output {file}");

        Assert.That(
            File.ReadAllText(file), Is.EqualTo(Tool.Run("plan", "tests/samples/shared.json").Output));
    }
}
