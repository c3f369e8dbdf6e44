namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class ReportLinesTests
{
    private const int Width = 60;

    [Test]
    public void A_text_that_fits_stands_at_its_column() =>
        Assert.That(Written([new(0, "a"), new(5, "b")]), Is.EqualTo("a    b\n"));

    [Test]
    public void A_text_that_is_too_long_for_its_column_pushes_the_next() =>
        Assert.That(Written([new(0, "abcdefgh"), new(5, "b"), new(7, "c")]), Is.EqualTo("abcdefgh b c\n"));

    [Test]
    public void An_empty_text_leaves_its_column_empty() =>
        Assert.That(Written([new(0, "a"), new(5, ""), new(9, "c")]), Is.EqualTo("a        c\n"));

    [Test]
    public void Words_wrap_under_their_own_column()
    {
        string written = Written([new(2, "label"), new(10, Words(12))]);
        string[] lines = Sample.Lines(written);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(2));
            Assert.That(lines[0], Is.EqualTo("  label   " + Words(8)));
            Assert.That(lines[1], Is.EqualTo(new string(' ', 10) + Words(4)));
        });
    }

    [Test]
    public void A_word_longer_than_its_line_goes_on_in_the_next_and_nothing_is_lost()
    {
        string word = new('x', 150);
        string written = Written([new(10, word), new(20, "end")]);
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Lines(written), Has.All.Length.AtMost(Width));
            Assert.That(written.Count(static character => character == 'x'), Is.EqualTo(word.Length));
            Assert.That(written, Does.EndWith("end\n"));
        });
    }

    [Test]
    public void A_command_goes_on_after_a_backslash()
    {
        StringWriter output = new();
        string path = new('a', 30);
        new ReportLines(output, Width).Command("CHECK", 11, ["graph-order", "verify", path, "plan.json"]);
        Assert.That(output.ToString(), Is.EqualTo(
            "CHECK      graph-order verify \\\n             " + path + " plan.json\n"));
    }

    [Test]
    public void A_plain_word_longer_than_a_line_is_joined_again_by_the_shell()
    {
        StringWriter output = new();
        string path = string.Concat(Enumerable.Range(0, 40).Select(static number => $"/{number}"));
        new ReportLines(output, Width).Command("", 11, ["verify", path, "plan.json"]);
        string joined = output.ToString().Replace("\\\n", "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Lines(output.ToString()), Has.All.Length.AtMost(Width));
            Assert.That(
                joined.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Is.EqualTo(new[] { "verify", path, "plan.json" }));
        });
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("words", count));

    private static string Written(Cell[] cells)
    {
        StringWriter output = new();
        new ReportLines(output, Width).Cells(cells);
        return output.ToString();
    }
}
