namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Whole tables of large leaves, which a walk takes at once where the first pass has seen one run. Every case
/// is walked word by word too, and both must agree.
/// </summary>
[TestFixture]
public sealed class LargeLeafTests
{
    private static IEnumerable<int> Seeds => Enumerable.Range(1, Effort.IsShort ? 3 : 6);

    [Test]
    public void Tables_of_large_leaves_are_what_a_reading_of_every_word_gives(
        [ValueSource(nameof(Seeds))] int seed) => EveryRoot.Run(new LargeRuns((ulong)seed));

    [Test]
    public void A_table_that_is_one_run_of_large_leaves_is_one_row() => EveryRoot.Run(new WholeTables());

    [Test]
    public void A_table_that_the_first_pass_saw_to_be_one_run_is_not_read_again() =>
        EveryRoot.Run(new ReadOnce());

    private sealed class LargeRuns(ulong seed) : ISoundTest
    {
        private const int Tables = 4;
        private const ulong Memory = 1UL << 44;

        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            TestRandom random = new(seed * 37 + (ulong)topLevel);
            ulong span = Sound<TFormat>.Span;
            PageTableBuilder<TFormat> builder = new(
                topLevel, new() { LeafSizes = span, BaseAddress = 1UL << 30 });
            ulong end = Tables * Sound<TFormat>.Far;
            PageAccess access = PageAccess.ReadWrite;
            ulong physical = Memory;
            for (ulong iova = 0; iova < end;)
            {
                bool isWhole = random.Next(2) == 0;
                ulong longest = isWhole ? Sound<TFormat>.Far : (ulong)(1 + random.Next(200)) * span;
                ulong bytes = Math.Min(longest, Sound<TFormat>.Far - (iova % Sound<TFormat>.Far));
                physical = random.Next(3) == 0 ? physical : Memory + ((ulong)random.Next(1 << 10) * span);
                access = random.Next(4) == 0 ? FormatCases.Access(random) : access;
                bool isHole = !isWhole && random.Next(12) == 0;
                Assert.That(isHole || builder.TryMap(iova, physical, bytes, access), Is.True);
                iova += bytes;
                physical += bytes;
            }

            Change(builder, random);
            int reach = Levels.ItemLg2<TFormat>(2) + 1;
            WalkFacts[] facts =
            [
                WalkFacts.Unknown,
                new() { PhysicalBits = 45 },
                new() { InputBits = reach },
                new() { InputBits = Levels.ItemLg2<TFormat>(1) + 3 },
                new() { EncryptionBit = 46, Scratch = new(PhysicalRange.Of(Memory, 64 * span)) },
                new() { PageSizes = Sound<TFormat>.Granule | span },
            ];
            foreach (WalkFacts known in facts)
            {
                Findings.Of<TFormat, ArenaMemory>(builder.Top, topLevel, builder.Arena.Memory, known);
            }
        }

        // A bit, a hole, a leaf over the tables, a table in place of a leaf, access that those above leave.
        private static void Change<TFormat>(PageTableBuilder<TFormat> builder, TestRandom random)
            where TFormat : struct, IPageTableFormat
        {
            int items = 1 << Levels.IndexBits<TFormat>();
            for (int change = random.Next(6); change > 0; change--)
            {
                ulong iova = ((ulong)random.Next(Tables) * Sound<TFormat>.Far)
                    + ((ulong)random.Next(items) * Sound<TFormat>.Span);
                ref ulong word = ref builder.Arena.Word(builder.WordAddress(iova, 1));
                ulong table = builder.Arena.Take(1 << (TFormat.GranuleLg2 - 12));
                word = random.Next(5) switch
                {
                    0 => 0,
                    1 => TFormat.Leaf(
                        builder.Top & ~(Sound<TFormat>.Span - 1), 1, Levels.ItemLg2<TFormat>(1),
                        PageAccess.Read, default),
                    2 => TFormat.Table(table, 1, default),
                    _ => word ^ (1UL << random.Next(64)),
                };
            }

            builder.Arena.Word(builder.WordAddress(Sound<TFormat>.Far, 2)) ^=
                random.Next(2) == 0 ? 0 : 1UL << (random.Next(2) == 0 ? 1 : 61);

            // One table in two places: none is taken for what the first pass saw.
            ulong behind = (Tables - 1) * Sound<TFormat>.Far;
            ref ulong last = ref builder.Arena.Word(builder.WordAddress(behind, 2));
            last = random.Next(3) == 0 ? builder.Arena.Word(builder.WordAddress(0, 2)) : last;
        }
    }

    // The first of them is read word by word; access changes with each, and the walk must not take over what
    // the table before it left.
    private sealed class WholeTables : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            ulong far = Sound<TFormat>.Far;
            PageTableBuilder<TFormat> builder = new(topLevel, new() { LeafSizes = Sound<TFormat>.Span });
            ulong[] physicals = [4 * far, 6 * far, 9 * far];
            for (int table = 0; table < physicals.Length; table++)
            {
                bool isMapped = builder.TryMap((ulong)table * far, physicals[table], far, PageAccess.Read);
                Assert.That(isMapped, Is.True);
            }

            Findings found = Findings.Of(builder);

            Assert.That(
                found.Runs.Select(static run => (run.Iova, run.Physical, run.Bytes)),
                Is.EqualTo(physicals.Select((physical, table) => ((ulong)table * far, physical, far))));
            Assert.That(found.Summary.Tables, Is.EqualTo(physicals.Length + topLevel - 1));
        }
    }

    private sealed class ReadOnce : ISoundTest
    {
        private const int Tables = 6;

        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            // The address of a large leaf of 512 MiB is too narrow to compare words by (SoundWord).
            if (TFormat.GranuleLg2 == 16)
            {
                return;
            }

            ulong far = Sound<TFormat>.Far;
            PageTableBuilder<TFormat> builder = new(topLevel, new() { LeafSizes = Sound<TFormat>.Span });
            for (ulong table = 0; table < Tables; table++)
            {
                bool isMapped = builder.TryMap(table * far, (table + 2) * 3 * far, far, PageAccess.Read);
                Assert.That(isMapped, Is.True);
            }

            // The first tells what a leaf looks like.
            string name = $"{TFormat.Description.Name} {TFormat.Description.Granule} {topLevel}";
            Assert.That(Reads(builder), Is.EqualTo(new[] { 2, 1, 1, 1, 1, 1 }), name);
            builder.Arena.Word(builder.WordAddress((3 * far) + (7 * Sound<TFormat>.Span), 1)) = 0;
            Assert.That(Reads(builder), Is.EqualTo(new[] { 2, 1, 1, 2, 1, 1 }), "a hole");
            builder.Arena.Word(builder.WordAddress(0, 1)) = 0;
            Assert.That(Reads(builder), Is.EqualTo(new[] { 2, 1, 1, 2, 1, 1 }), "a hole at the beginning");
            ref ulong last = ref builder.Arena.Word(builder.WordAddress((Tables - 1) * far, 2));
            last = builder.Arena.Word(builder.WordAddress(far, 2));
            Assert.That(Reads(builder)[..^1], Is.EqualTo(new[] { 2, 2, 2, 2, 2 }), "one of them twice");
        }

        private static int[] Reads<TFormat>(PageTableBuilder<TFormat> builder)
            where TFormat : struct, IPageTableFormat
        {
            Dictionary<ulong, int> reads = [];
            NothingSink sink = default;
            PageTableWalker.Walk<TFormat, CountingMemory, NothingSink>(
                builder.Top, builder.TopLevel, new(builder.Arena.Memory, reads), ref sink, WalkLimits.Default,
                CancellationToken.None);
            return
            [
                .. Enumerable.Range(0, Tables)
                    .Select(table => builder.WordAddress((ulong)table * Sound<TFormat>.Far, 1))
                    .Select(word => reads[word & ~(Sound<TFormat>.Granule - 1)]),
            ];
        }
    }

    private readonly struct CountingMemory(ArenaMemory memory, Dictionary<ulong, int> reads) : IPhysicalMemory
    {
        public bool Contains(ulong physical, ulong bytes) => memory.Contains(physical, bytes);

        public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words) =>
            memory.TryLend(physical, count, out words);

        public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
        {
            reads[physical] = reads.GetValueOrDefault(physical) + 1;
            return memory.TryRead(physical, buffer, out words);
        }
    }
}
