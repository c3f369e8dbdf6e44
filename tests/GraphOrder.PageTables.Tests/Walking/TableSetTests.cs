namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class TableSetTests
{
    private static IEnumerable<int> Seeds => Effort.Seeds(10);

    [Test]
    public void A_set_agrees_with_a_dictionary(
        [Values(12, 14, 16)] int pageLg2, [ValueSource(nameof(Seeds))] int seed)
    {
        TestRandom random = new((ulong)(seed * 100 + pageLg2));
        TableSet set = new();
        SortedDictionary<ulong, int> levels = [];
        for (int round = 0; round < 2; round++)
        {
            set.Clear(pageLg2);
            levels.Clear();
            ulong spread = 1UL << (4 + random.Next(36));
            for (int i = 0; i < 2000; i++)
            {
                ulong table = (random.Next() % spread) << pageLg2;
                Assert.That(set.LevelOf(table), Is.EqualTo(levels.GetValueOrDefault(table, -1)));
                bool isNew = levels.TryAdd(table, random.Next(6));
                Assert.That(set.TryAdd(table, levels[table]), Is.EqualTo(isNew));
            }

            set.Seal();

            Assert.That(set.Count, Is.EqualTo(levels.Count));
            foreach ((ulong table, int level) in levels)
            {
                Assert.That(set.TryStream(table, (level + 1) % 6), Is.False);
                Assert.That(set.TryStream(table, level), Is.True);
                Assert.That(set.TryStream(table, level), Is.False);
                Assert.That(set.LevelOf(table), Is.EqualTo(level));
            }

            for (int i = 0; i < 500; i++)
            {
                ulong first = (random.Next() % (2 * spread)) << pageLg2;
                ulong last = first + random.Next() % (1UL << (pageLg2 + random.Next(24)));
                ulong page = (1UL << pageLg2) - 1;
                ulong? expected = null;
                foreach (ulong table in levels.Keys)
                {
                    expected ??= table <= last && table + page >= first ? table : null;
                }

                bool isFound = set.TryFindFirst(first, last, out ulong found);
                Assert.That(set.MayHold(first, last, pageLg2) || !isFound, Is.True, $"{first:x} {last:x}");
                Assert.That(isFound ? found : (ulong?)null, Is.EqualTo(expected), $"{first:x} {last:x}");
            }
        }
    }

    [Test]
    public void The_highest_addresses_are_places_like_others()
    {
        TableSet set = new();
        set.Clear(12);
        ulong last = ulong.MaxValue & ~0xFFFUL;
        set.TryAdd(last, 0);
        set.Seal();

        Assert.That(set.TryFindFirst(0, ulong.MaxValue, out ulong table), Is.True);
        Assert.That(table, Is.EqualTo(last));
        Assert.That(set.TryFindFirst(0, last - 1, out _), Is.False);
        Assert.That(set.LevelOf(0), Is.EqualTo(-1));
        Assert.That(set.MayHold(1UL << 30, 1UL << 30, 12), Is.False);
        Assert.That(set.MayHold(last, ulong.MaxValue, 12), Is.True);
    }

    [Test]
    public void Far_from_every_table_nothing_needs_to_be_looked_for([Values(12, 14, 16)] int pageLg2)
    {
        TableSet set = new();
        set.Clear(pageLg2);
        Assert.That(set.MayHoldAny(0, ulong.MaxValue), Is.False, "none");
        int coarse = pageLg2 + 12;
        ulong table = (5UL << coarse) + (3UL << pageLg2);
        set.TryAdd(table, 0);
        set.Seal();

        // Blocks of 4,096 pages: the first and the last are looked at, what lies between may hold one.
        (ulong First, ulong Last, bool MayHold)[] cases =
        [
            (4UL << coarse, (5UL << coarse) - 1, false), (5UL << coarse, (5UL << coarse) + 1, true),
            (6UL << coarse, (7UL << coarse) - 1, false), (6UL << coarse, (8UL << coarse) - 1, false),
            (6UL << coarse, 8UL << coarse, true), (3UL << coarse, (5UL << coarse) - 1, false),
            (4UL << coarse, 5UL << coarse, true), (5UL << coarse, 6UL << coarse, true),
        ];
        foreach ((ulong first, ulong last, bool mayHold) in cases)
        {
            Assert.That(set.MayHold(first, last, pageLg2), Is.EqualTo(mayHold), $"{first:x} {last:x}");
        }

        ulong page = 1UL << pageLg2;
        Assert.That(
            (set.MayHoldAny(0, table - 1), set.MayHoldAny(table + page, ulong.MaxValue)),
            Is.EqualTo((false, false)));
        Assert.That(
            (set.MayHoldAny(0, table), set.MayHoldAny(table + page - 1, table + page)),
            Is.EqualTo((true, true)));
    }
}
