namespace GraphOrder.Tests.Explanations;

[TestFixture]
public sealed class OrderChangeTests
{
    private const int LengthMax = 6;

    [Test]
    public void Turned_pairs_and_the_fewest_moved_are_those_of_trying_everything()
    {
        int count = 0;
        for (int length = 0; length <= LengthMax; length++)
        {
            foreach (int[] ranks in Permutations(length))
            {
                count++;
                OrderChange change = new(ranks);
                string name = string.Join(' ', ranks);
                bool[] isKept = [.. Enumerable.Range(0, length).Select(place => !change.IsMoved(place))];

                Assert.That(change.TurnedPairs, Is.EqualTo(Turned(ranks).Count()), name);
                Assert.That(change.MovedCount, Is.EqualTo(length - LongestKept(ranks)), name);
                Assert.That(isKept.Count(kept => !kept), Is.EqualTo(change.MovedCount), name);
                Assert.That(IsAscending(ranks, isKept), Is.True, name);
                for (int place = 0; place < length; place++)
                {
                    Assert.That(
                        change.TurnedOf(place),
                        Is.EqualTo(Turned(ranks).Count(pair => pair.A == place || pair.B == place)),
                        name);
                }
            }
        }

        Assert.That(count, Is.EqualTo(1 + 1 + 2 + 6 + 24 + 120 + 720));
    }

    // What another program must do to tell the same steps as moved.
    [TestCase("1 0", "0")]
    [TestCase("2 1 0", "0 1")]
    [TestCase("0 3 1 2", "1")]
    [TestCase("1 2 0 3", "2")]
    [TestCase("2 3 0 1", "0 1")]
    [TestCase("4 0 3 1 2", "0 2")]
    public void Of_several_longest_sequences_it_is_that_of_patience_sorting(string ranks, string moved)
    {
        OrderChange change = new([.. ranks.Split(' ').Select(int.Parse)]);

        Assert.That(
            string.Join(' ', Enumerable.Range(0, change.Length).Where(change.IsMoved)), Is.EqualTo(moved));
    }

    [Test]
    public void Half_a_million_things_the_other_way_round_are_counted_exactly()
    {
        const int count = 500_000;
        OrderChange change = new([.. Enumerable.Range(0, count).Reverse()]);

        Assert.That(change.TurnedPairs, Is.EqualTo((long)count * (count - 1) / 2));
        Assert.That(change.MovedCount, Is.EqualTo(count - 1));
        Assert.That(change.TurnedOf(count / 3), Is.EqualTo(count - 1));
    }

    private static IEnumerable<(int A, int B)> Turned(int[] ranks) =>
        from a in Enumerable.Range(0, ranks.Length)
        from b in Enumerable.Range(a + 1, ranks.Length - a - 1)
        where ranks[a] > ranks[b]
        select (a, b);

    private static int LongestKept(int[] ranks) =>
        Enumerable.Range(0, 1 << ranks.Length)
            .Select(bits => ranks.Select((_, place) => (bits >> place & 1) != 0).ToArray())
            .Where(isKept => IsAscending(ranks, isKept))
            .Max(isKept => isKept.Count(kept => kept));

    private static bool IsAscending(int[] ranks, bool[] isKept)
    {
        int[] kept = [.. ranks.Where((_, place) => isKept[place])];
        return kept.SequenceEqual(kept.Order());
    }

    private static IEnumerable<int[]> Permutations(int length)
    {
        if (length == 0)
        {
            yield return [];
            yield break;
        }

        foreach (int[] shorter in Permutations(length - 1))
        {
            for (int place = 0; place < length; place++)
            {
                yield return [.. shorter[..place], length - 1, .. shorter[place..]];
            }
        }
    }
}
