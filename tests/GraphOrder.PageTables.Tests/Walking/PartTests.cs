namespace GraphOrder.PageTables.Tests;

/// <summary>
/// A walk by several threads finds what a walk by one finds, whatever is wrong with the table.
/// </summary>
[TestFixture]
public sealed class PartTests
{
    private static readonly int SeedCount = Math.Max(2, Effort.Of(6));
    private static readonly int RunCount = Effort.IsShort ? 15 : 60;

    [Test]
    public void Parts_find_together_what_one_walk_finds([Values(1, 2, 3, 8)] int parts)
    {
        Parted test = new(parts);
        EveryRoot.Run(test);

        Assert.That(test.Walks, Effort.IsShort ? Is.Positive : Is.GreaterThan(17 * SeedCount));
        Assert.That(test.PartedWalks, parts == 1 ? Is.Zero : Is.GreaterThan(test.Walks / 3), "not vacuous");
    }

    // Item 128 of the highest table would begin at 128 << 57.
    [Test]
    public void A_root_item_beyond_64_bits_is_found_by_the_last_part(
        [Values(1, 2, 4)] int parts, [Values(128, 160, 511)] int item)
    {
        PageTableBuilder<AmdV1> builder = new(5, new() { LeafSizes = 4096 });
        for (ulong table = 0; table < 8; table++)
        {
            ulong iova = table << 30;
            Assert.That(builder.TryMap(iova, (1UL << 33) + iova, 4096, PageAccess.ReadWrite), Is.True);
        }

        builder.Arena.Word(builder.Top + ((ulong)item * 8)) = builder.Arena.Word(builder.Top) + (1UL << 34);
        RecordingSink[] sinks = [.. Enumerable.Range(0, parts).Select(static _ => new RecordingSink())];

        PageTableWalker.Walk<AmdV1, ArenaMemory, RecordingSink>(
            builder.Top, 5, builder.Arena.Memory, sinks, WalkFacts.Unknown, WalkLimits.Default, new(),
            CancellationToken.None);

        PageTableFault fault = sinks[^1].Faults.Single();
        Assert.That(
            (fault.Kind, fault.Index), Is.EqualTo((PageTableFaultKind.NonCanonicalOrBeyondWidth, item)));
        Assert.That(sinks.SelectMany(static sink => sink.Faults).Count(), Is.EqualTo(1));
        Assert.That(sinks.SelectMany(static sink => sink.Leaves).Count(), Is.EqualTo(8));
    }

    // With a hole, with other access, or with neither, before, at and behind where parts meet.
    [Test]
    public void A_run_that_reaches_over_several_parts_is_told_once(
        [Values(2, 3, 8)] int parts, [Range(0, 9)] int table)
    {
        const ulong Bytes = 10UL << 30;
        foreach (ulong change in (ulong[])[0, 2, ulong.MaxValue])
        {
            PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 1 << 21 });
            Assert.That(builder.TryMap(0, 1UL << 40, Bytes, PageAccess.ReadWrite), Is.True);
            ref ulong word = ref builder.Arena.Word(builder.WordAddress((ulong)table << 30, 1));
            word = change == ulong.MaxValue ? 0 : word ^ change;
            RecordingSink[] sinks = [.. Enumerable.Range(0, parts).Select(static _ => new RecordingSink())];

            WalkSummary found = PageTableWalker.Walk<VtdSecondStage, ArenaMemory, RecordingSink>(
                builder.Top, 3, builder.Arena.Memory, sinks, WalkFacts.Unknown, WalkLimits.Default, new(),
                CancellationToken.None);

            LeafRun[] runs = [.. sinks.SelectMany(static sink => sink.Runs)];
            int whole = change == 0 ? 1 : table == 0 ? 1 : 2;
            Assert.That(runs, Has.Length.EqualTo(change == 2 ? whole + 1 : whole), $"{change}");
            Assert.That(sinks[1].Leaves, Is.Not.Empty, "not vacuous");
            ulong hole = change == ulong.MaxValue ? 2UL << 20 : 0;
            Assert.That(found.MappedBytes, Is.EqualTo((UInt128)(Bytes - hole)));
            Assert.That(found.Tables, Is.EqualTo(12));
        }
    }

    private sealed class Parted(int parts) : ISoundTest
    {
        private const ulong Memory = 0x10_0000_0000;

        public int Walks { get; private set; }

        public int PartedWalks { get; private set; }

        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            for (int seed = 0; seed < SeedCount; seed++)
            {
                TestRandom random = new((ulong)(seed + (parts * 100)));
                PageTableBuilder<TFormat> builder = Build<TFormat>(topLevel, random);
                if (seed % 2 == 1)
                {
                    Corrupt(builder, random);
                }

                Compare<TFormat>(builder, seed);
            }
        }

        // Runs of all lengths, over several tables of level 1 and 2.
        private static PageTableBuilder<TFormat> Build<TFormat>(int topLevel, TestRandom random)
            where TFormat : struct, IPageTableFormat
        {
            PageTableBuilder<TFormat> builder = new(topLevel, new() { BaseAddress = 0x7000_0000 });
            ulong granule = 1UL << TFormat.GranuleLg2;
            int reach = Math.Min(TFormat.InputBits(topLevel) - 1, 46);
            for (int i = 0; i < RunCount; i++)
            {
                ulong pages = 1 + (random.Next() % (1UL << (1 + random.Next(11))));
                int width = TFormat.GranuleLg2 + 10;
                width += random.Next(reach - width);
                ulong place = random.Next() & ((1UL << width) - 1) & ~(granule - 1);
                ulong elsewhere = random.Next() & 0xF_FFFF_F000 & ~(granule - 1);
                ulong physical = Memory + (random.Next(2) == 0 ? place : elsewhere);
                PageAccess access = (PageAccess)(1 + random.Next(3));
                builder.TryMap(place, physical, pages << TFormat.GranuleLg2, access);
            }

            return builder;
        }

        private static void Corrupt<TFormat>(PageTableBuilder<TFormat> builder, TestRandom random)
            where TFormat : struct, IPageTableFormat
        {
            for (int changes = 1 + random.Next(11); changes > 0; changes--)
            {
                ulong page = random.Next() % (ulong)builder.Arena.PageCount;
                ulong word = builder.Arena.BaseAddress + (page << 12) + ((random.Next() & 511) * 8);
                builder.Arena.Word(word) ^= random.Next(3) == 0 ? random.Next() : 1UL << random.Next(64);
            }
        }

        private void Compare<TFormat>(PageTableBuilder<TFormat> builder, int seed)
            where TFormat : struct, IPageTableFormat
        {
            WalkLimits limits = new() { FaultMax = int.MaxValue };
            RecordingSink one = new();
            WalkSummary whole = PageTableWalker.Walk<TFormat, ArenaMemory, RecordingSink>(
                builder.Top, builder.TopLevel, builder.Arena.Memory, ref one, WalkFacts.Unknown, limits,
                new(), CancellationToken.None);
            RecordingSink[] sinks = new RecordingSink[parts];
            for (int i = 0; i < parts; i++)
            {
                sinks[i] = new();
            }

            WalkSummary found = PageTableWalker.Walk<TFormat, ArenaMemory, RecordingSink>(
                builder.Top, builder.TopLevel, builder.Arena.Memory, sinks, WalkFacts.Unknown, limits, new(),
                CancellationToken.None);
            Walks++;
            PartedWalks += parts > 1 && sinks[1].Leaves.Count > 0 ? 1 : 0;
            string message = $"{TFormat.Description.Name}, {builder.TopLevel}, seed {seed}";
            Assert.That(sinks.SelectMany(static sink => sink.Leaves), Is.EqualTo(one.Leaves), message);
            Assert.That(sinks.SelectMany(static sink => sink.Runs), Is.EqualTo(one.Runs), message);
            Assert.That(
                sinks.SelectMany(static sink => sink.Faults).OrderBy(static fault => fault.ToString()),
                Is.EqualTo(one.Faults.OrderBy(static fault => fault.ToString())), message);
            Assert.That(found.Tables, Is.EqualTo(whole.Tables), message);
            Assert.That(found.MappedBytes, Is.EqualTo(whole.MappedBytes), message);
            Assert.That((found.Errors, found.Faults), Is.EqualTo((whole.Errors, whole.Faults)), message);
            Assert.That(found.NotChecked.ToArray(), Is.EqualTo(whole.NotChecked.ToArray()), message);
            for (int size = 0; size < 64; size++)
            {
                Assert.That(found.LeafCount(size), Is.EqualTo(whole.LeafCount(size)), message);
            }
        }
    }
}
