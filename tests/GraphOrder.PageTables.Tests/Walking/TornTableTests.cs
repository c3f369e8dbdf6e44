namespace GraphOrder.PageTables.Tests;

/// <summary>A table that somebody writes while it is walked is named, and no other.</summary>
[TestFixture]
public sealed class TornTableTests
{
    private const ulong Leaf = 0x1_0000_0000;
    private const ulong Present = 3;

    [Test]
    public void A_table_that_stands_still_is_not_torn()
    {
        PageTableBuilder<VtdSecondStage> builder = Built();

        Assert.That(Walk(builder, ulong.MaxValue, 0, 0).TornTables, Is.Zero);
    }

    // Whatever word of whatever table above level 0 but the root, whatever bit.
    [Test]
    public void A_word_that_changes_between_two_readings_is_named()
    {
        PageTableBuilder<VtdSecondStage> builder = Built();
        ulong levelTwo = builder.Arena.Word(builder.Top) & ~0xFFFUL;
        ulong levelOne = builder.Arena.Word(levelTwo) & ~0xFFFUL;
        Random random = new(3);
        foreach (ulong table in (ulong[])[levelTwo, levelOne])
        {
            for (int round = 0; round < 200; round++)
            {
                ulong change = 1UL << random.Next(64);
                ulong word = table + (8 * (ulong)random.Next(512));

                WalkSummary summary = Walk(builder, word, change, 1);

                Assert.That(summary.TornTables, Is.GreaterThanOrEqualTo(1), $"0x{word:x} bit 0x{change:x}");
                Assert.That(summary.FirstTornTable, Is.EqualTo(table));
            }
        }
    }

    [Test]
    public void Two_words_that_change_places_are_seen()
    {
        PageTableBuilder<VtdSecondStage> builder = Built();
        ulong table = builder.Arena.Word(builder.Arena.Word(builder.Top) & ~0xFFFUL) & ~0xFFFUL;
        WalkSummary summary = PageTableWalker.Walk<VtdSecondStage, ChangingMemory, RecordingSink>(
            builder.Top, builder.TopLevel,
            new ChangingMemory(
                builder.Arena.Memory, table, 1, words => (words[0], words[8]) = (words[8], words[0])),
            ref SinkOf(), WalkLimits.Default, CancellationToken.None);

        Assert.That((summary.TornTables, summary.FirstTornTable), Is.EqualTo((1L, table)));
    }

    // Of level 0 there is one reading: what is read is what counts.
    [Test]
    public void A_table_of_level_0_is_read_once()
    {
        PageTableBuilder<VtdSecondStage> builder = Built();
        ulong levelOne = builder.Arena.Word(builder.Arena.Word(builder.Top) & ~0xFFFUL) & ~0xFFFUL;
        ulong levelZero = builder.Arena.Word(levelOne) & ~0xFFFUL;

        Assert.That(Walk(builder, levelZero, 1UL << 40, 1).TornTables, Is.Zero);
        Assert.That(Walk(builder, levelZero, 1UL << 40, 0).TornTables, Is.Zero);
    }

    [Test]
    public void The_next_walk_in_the_same_workspace_begins_anew()
    {
        PageTableBuilder<VtdSecondStage> builder = Built();
        WalkWorkspace workspace = new();
        RecordingSink sink = new();
        for (int round = 0; round < 2; round++)
        {
            builder.Arena.Word(builder.Arena.Word(builder.Top) & ~0xFFFUL) ^= 1UL << 63;
            WalkSummary summary = PageTableWalker.Walk<VtdSecondStage, ArenaMemory, RecordingSink>(
                builder.Top, builder.TopLevel, builder.Arena.Memory, ref sink, WalkFacts.Unknown,
                WalkLimits.Default, workspace, CancellationToken.None);
            Assert.That(summary.TornTables, Is.Zero);
        }
    }

    private static ref RecordingSink SinkOf() => ref new RecordingSink[] { new() }[0];

    private static PageTableBuilder<VtdSecondStage> Built()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new BuildOptions { BaseAddress = 1UL << 40 });
        for (ulong i = 0; i < 40; i++)
        {
            Assert.That(
                builder.TryMap(i << 21, Leaf + (i << 21) + (i << 13), 0x3000, (PageAccess)Present), Is.True);
        }

        return builder;
    }

    // Readings from the one of a number on see a word changed.
    private static WalkSummary Walk(
        PageTableBuilder<VtdSecondStage> builder, ulong word, ulong change, int fromReading)
    {
        ulong table = word & ~0xFFFUL;
        return PageTableWalker.Walk<VtdSecondStage, ChangingMemory, RecordingSink>(
            builder.Top, builder.TopLevel,
            new ChangingMemory(
                builder.Arena.Memory, table, fromReading, words => words[(int)(word & 0xFFF) / 8] ^= change),
            ref SinkOf(), WalkLimits.Default, CancellationToken.None);
    }

    // Memory that shows a table changed, from some reading of it on.
    private struct ChangingMemory(ArenaMemory memory, ulong table, int fromReading, Action<ulong[]> change)
        : IPhysicalMemory
    {
        private int _readings;

        public readonly bool Contains(ulong physical, ulong bytes) => memory.Contains(physical, bytes);

        public readonly bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
        {
            words = default;
            return false;
        }

        public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
        {
            bool isThere = memory.TryRead(physical, buffer, out words);
            if (isThere && physical == table && _readings++ >= fromReading)
            {
                ulong[] changed = words.ToArray();
                change(changed);
                words = changed;
            }

            return isThere;
        }
    }
}
