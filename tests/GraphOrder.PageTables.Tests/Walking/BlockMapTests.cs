namespace GraphOrder.PageTables.Tests;

/// <summary>Against a dictionary, whatever is asked in whatever order.</summary>
[TestFixture]
public sealed class BlockMapTests
{
    // Blocks near one another, far from one another, and the last that there can be.
    private static readonly int[] BitCounts = [4, 9, 20, 52];

    [Test]
    public void A_map_agrees_with_a_dictionary([Range(1, 4)] int seed)
    {
        TestRandom random = new((ulong)seed);
        BlockMap map = new();
        Dictionary<ulong, ulong> expected = [];
        for (int round = 0; round < 12; round++)
        {
            int bits = BitCounts[random.Next(BitCounts.Length)];
            for (int act = random.Next(600); act > 0; act--)
            {
                ulong block = random.Next() & ((1UL << bits) - 1);
                Assert.That(map.Bits(block), Is.EqualTo(expected.GetValueOrDefault(block)));
                ulong added = random.Next();
                if (random.Next(3) > 0)
                {
                    map.Add(block) |= added;
                    expected[block] = expected.GetValueOrDefault(block) | added;
                    continue;
                }

                map.Known(block) |= added;
                if (expected.TryGetValue(block, out ulong known))
                {
                    expected[block] = known | added;
                }
            }

            Assert.That(map.Count, Is.EqualTo(expected.Count));
            Assert.That(All(map), Is.EquivalentTo(expected.Keys));
            foreach ((ulong block, ulong value) in expected)
            {
                Assert.That(map.Bits(block), Is.EqualTo(value));
            }

            ExpectFirsts(map, expected, random);
            if (random.Next(3) == 0)
            {
                map.Clear();
                expected.Clear();
                Assert.That(All(map), Is.Empty);
            }
        }
    }

    [Test]
    public void What_is_not_known_is_written_to_nothing_that_is_kept()
    {
        BlockMap map = new();
        map.Known(7) = 5;

        Assert.That(map.Known(7), Is.Zero);
        Assert.That((map.Bits(7), map.Count), Is.EqualTo((0UL, 0)));
    }

    [Test]
    public void The_block_that_was_asked_for_last_is_found_after_the_map_has_grown()
    {
        BlockMap map = new();
        map.Add(0) = 11;
        for (ulong block = 1; block < 1000; block++)
        {
            map.Add(block) = block;
            Assert.That(map.Add(block), Is.EqualTo(block));
        }

        Assert.That((map.Add(0), map.Count), Is.EqualTo((11UL, 1000)));
    }

    private static void ExpectFirsts(BlockMap map, Dictionary<ulong, ulong> expected, TestRandom random)
    {
        for (int question = 0; question < 60; question++)
        {
            int bits = BitCounts[random.Next(BitCounts.Length)];
            ulong first = random.Next() & ((1UL << bits) - 1);
            ulong last = first + (random.Next() & ((1UL << BitCounts[random.Next(BitCounts.Length)]) - 1));
            ulong? lowest = expected.Keys.Where(block => block >= first && block <= last)
                .Select(static block => (ulong?)block).Min();

            bool isFound = map.TryFindFirst(first, last, out ulong block);

            Assert.That(isFound ? (ulong?)block : null, Is.EqualTo(lowest), $"from {first} to {last}");
        }
    }

    private static List<ulong> All(BlockMap map)
    {
        List<ulong> blocks = [];
        int place = 0;
        while (map.TryNext(ref place, out ulong block))
        {
            blocks.Add(block);
        }

        return blocks;
    }
}
