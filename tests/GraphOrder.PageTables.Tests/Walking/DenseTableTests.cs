namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Tables full of short runs, which a walk takes by comparing words with one that it has read. Every case is
/// walked word by word too, and both must agree.
/// </summary>
[TestFixture]
public sealed class DenseTableTests
{
    private static IEnumerable<int> Seeds => Effort.Seeds(4);

    [Test]
    public void Mixed_runs_are_what_a_reading_of_every_word_gives(
        [ValueSource(nameof(Seeds))] int seed) => EveryRoot.Run(new MixedRuns((ulong)seed));

    [Test]
    public void Leaves_that_run_through_a_low_encryption_bit_are_read_one_by_one([Range(12, 20)] int bit)
    {
        // No processor has it there; the facts may still say so.
        PageTableBuilder<AmdV1> builder = new(0, new() { LeafSizes = 4096, BaseAddress = 1UL << 40 });
        Assert.That(builder.TryMap(0, 0, 512 * 4096, PageAccess.ReadWrite), Is.True);

        Findings found = Findings.Of(builder, new() { EncryptionBit = bit });

        Assert.That(found.Leaves, Has.Count.EqualTo(512));
        Assert.That(found.Summary.FaultCount(PageTableFaultKind.EncryptionBitMismatch), Is.EqualTo(256));
    }

    [Test]
    public void What_the_tables_above_leave_is_not_taken_from_another_table()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 4096 });
        for (ulong page = 0; page < 4 * 512; page++)
        {
            ulong physical = (1UL << 40) + (page ^ 1) * 4096;
            Assert.That(builder.TryMap(page * 4096, physical, 4096, PageAccess.ReadWrite), Is.True);
        }

        builder.Arena.Word(builder.WordAddress(1UL << 21, 1)) ^= 2;
        builder.Arena.Word(builder.WordAddress(3UL << 21, 1)) ^= 1;

        Findings found = Findings.Of(builder);

        Assert.That(
            found.Leaves.Where((_, index) => index % 512 == 7).Select(leaf => leaf.Access),
            Is.EqualTo(new[]
            {
                PageAccess.ReadWrite, PageAccess.Read, PageAccess.ReadWrite, PageAccess.Write,
            }));
    }

    private sealed class MixedRuns(ulong seed) : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            TestRandom random = new(seed * 131 + (ulong)topLevel);
            ulong granule = 1UL << TFormat.GranuleLg2;
            ulong tableBytes = 1UL << Levels.ItemLg2<TFormat>(1);
            bool hasGroups = random.Next(2) == 0;
            PageTableBuilder<TFormat> builder = new(
                topLevel,
                new() { LeafSizes = hasGroups ? tableBytes - 1 : granule, BaseAddress = 1UL << 30 });
            ulong physical = 1UL << 35;
            PageAccess access = PageAccess.ReadWrite;
            int longest = 1 << random.Next(8);
            for (ulong iova = 0; iova < 3 * tableBytes;)
            {
                ulong bytes = Math.Min((ulong)(1 + random.Next(longest)) * granule, 3 * tableBytes - iova);
                bool goesOn = random.Next(4) == 0;
                physical = goesOn ? physical : (1UL << 35) + (ulong)random.Next(1 << 20) * granule;
                access = random.Next(30) == 0 ? FormatCases.Access(random) : access;
                Assert.That(random.Next(25) == 0 || builder.TryMap(iova, physical, bytes, access), Is.True);
                iova += bytes;
                physical += bytes;
            }

            Change(builder, random, tableBytes);
            WalkFacts[] facts =
            [
                WalkFacts.Unknown,
                new() { PhysicalBits = 36, UpdatesAccess = false, UpdatesDirty = false },
                new() { EncryptionBit = 47, Scratch = new(PhysicalRange.Of(1UL << 35, 1UL << 24)) },
                new() { Mmio = new(PhysicalRange.Of(1UL << 35, 1UL << 20)), EncryptionBit = 34 },
                new() { InputBits = Levels.ItemLg2<TFormat>(1) + 1 },
            ];
            foreach (WalkFacts known in facts)
            {
                Findings found = Findings.Of<TFormat, ArenaMemory>(
                    builder.Top, topLevel, builder.Arena.Memory, known);
                Assert.That(found.Leaves.Count > 0 || known.InputBits is not null, Is.True);
            }
        }

        // A bit here and there, a leaf that reaches a table, a pointer that leaves less.
        private static void Change<TFormat>(
            PageTableBuilder<TFormat> builder, TestRandom random, ulong tableBytes)
            where TFormat : struct, IPageTableFormat
        {
            int items = 1 << Levels.IndexBits<TFormat>();
            for (int change = 0; change < 60; change++)
            {
                ulong first = builder.WordAddress((ulong)random.Next(3) * tableBytes, 0);
                ref ulong word = ref builder.Arena.Word(first + (ulong)random.Next(items) * 8);
                word = random.Next(6) switch
                {
                    0 => 0,
                    1 => TFormat.Leaf(builder.Top, 0, TFormat.GranuleLg2, PageAccess.Read, default),
                    _ => word ^ (1UL << random.Next(64)),
                };
            }

            ulong pointer = builder.WordAddress(tableBytes, 1);
            builder.Arena.Word(pointer) ^= random.Next(2) == 0 ? 0 : 1UL << (random.Next(2) == 0 ? 1 : 61);
        }
    }
}
