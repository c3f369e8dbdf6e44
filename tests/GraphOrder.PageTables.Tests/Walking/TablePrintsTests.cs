namespace GraphOrder.PageTables.Tests;

/// <summary>A print tells whether a table was written between two readings.</summary>
[TestFixture]
public sealed class TablePrintsTests
{
    [Test]
    public void Any_word_that_changes_and_any_two_that_change_places_are_seen(
        [Values(1, 2, 3, 7, 8, 9, 15, 64)] int count)
    {
        TestRandom random = new((ulong)count);
        TablePrints prints = new();
        ulong[] words = [.. Enumerable.Range(0, count).Select(_ => random.Next())];
        Assert.That((prints.IsSame(1, words), prints.IsSame(1, words)), Is.EqualTo((true, true)));
        for (int first = 0; first < count; first++)
        {
            words[first] ^= 1UL << random.Next(64);
            Assert.That((prints.IsSame(1, words), prints.IsSame(1, words)), Is.EqualTo((false, true)), $"{first}");
            for (int second = 0; second < first; second++)
            {
                (words[first], words[second]) = (words[second], words[first]);
                Assert.That(prints.IsSame(1, words), Is.False, $"{first} and {second}");
            }
        }

        Assert.That(prints.IsSame(2, words), Is.True, "another table");
        words[0]++;
        prints.Clear();
        Assert.That(prints.IsSame(1, words), Is.True, "forgotten");
    }
}
