namespace GraphOrder.Tests.Dependencies;

[TestFixture]
public sealed class SimilarityTests
{
    [TestCase("finsh", "finish", Description = "one letter left out")]
    [TestCase("finihs", "finish", Description = "two neighbours swapped")]
    [TestCase("finishh", "finish", Description = "one letter too many")]
    [TestCase("freexe", "freeze", Description = "one letter replaced")]
    [TestCase("FINISH", "finish", Description = "capitals alone")]
    [TestCase("xyz", null)]
    [TestCase("", null)]
    public void The_nearest_is_found_where_one_is_near(string text, string? nearest) =>
        Assert.That(Similarity.Nearest(text, ["preserve", "freeze", "finish"]), Is.EqualTo(nearest));

    [Test]
    public void Of_several_the_first_is_taken() =>
        Assert.That(Similarity.Nearest("vm-3", ["vm-1", "vm-2"]), Is.EqualTo("vm-1"));

    [Test]
    public void Text_without_an_end_is_compared_with_nothing() =>
        Assert.That(Similarity.Nearest(new string('a', 1_000_000), ["a"]), Is.Null);
}
