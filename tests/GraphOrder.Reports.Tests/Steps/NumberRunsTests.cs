namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class NumberRunsTests
{
    [TestCase(new int[0], "")]
    [TestCase(new[] { 3 }, "3")]
    [TestCase(new[] { 3, 4 }, "3 4")]
    [TestCase(new[] { 3, 4, 5 }, "3-5")]
    [TestCase(new[] { 9, 8, 7, 3 }, "9-7 3")]
    [TestCase(new[] { 1, 3, 5, 6, 7, 8, 2 }, "1 3 5-8 2")]
    [TestCase(new[] { 1, 2, 1 }, "1 2 1")]
    public void Three_or_more_in_a_row_are_drawn_together(int[] numbers, string expected) =>
        Assert.That(NumberRuns.Of(numbers, " "), Is.EqualTo(expected));

    [Test]
    public void What_is_left_out_is_counted() =>
        Assert.That(NumberRuns.Of([1, 3, 5, 7, 9], ", ", countMax: 2), Is.EqualTo("1, 3 and 3 more"));
}
