namespace GraphOrder.PageTables.Tests;

/// <summary>Tables that somebody made to hang a walk or to crash it, and words at random.</summary>
[TestFixture]
public sealed class HostileTableTests
{
    // The long form, about an hour: GRAPHORDER_LONG=1.
    private static int Rounds { get; } =
        Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1" ? 18_000 : Math.Max(2, Effort.Of(12));

    [Test]
    public void A_table_of_pointers_to_itself_is_bounded() => EveryRoot.Run(new SelfPointing());

    [Test]
    public void Shared_tables_at_every_level_are_walked_once() => EveryRoot.Run(new AllShared());

    [Test]
    public void Random_corruption_neither_crashes_nor_hangs([Range(1, 3)] int seed) =>
        EveryRoot.Run(new Corrupted((ulong)seed));

    [Test]
    public void Random_words_are_read_alike_by_both_walks([Range(1, 2)] int seed) =>
        EveryRoot.Run(new Noise((ulong)seed));

    [Test]
    public void A_truncated_image_is_a_fault_with_its_name()
    {
        byte[] whole = File.ReadAllBytes(TestFiles.Fixture("vtd-48bit", "pages.bin"));
        for (int pages = 0; pages < 29; pages++)
        {
            string path = TestFiles.Write(whole.AsSpan(0, 24 + pages * 4104 + 100));
            Assert.That(PhysicalImage.TryOpen(path, new(), out PhysicalImage? image, out _), Is.True);
            using PhysicalImage held = image!;
            Findings found = Findings.Of<VtdSecondStage, FileMemory>(0xBEC000, 3, held.Memory);
            Assert.That(found.Defects, Is.EqualTo(new[] { PageTableFaultKind.TableOutsideImage }), $"{pages} pages");
        }
    }

    [Test]
    public void A_file_that_shrinks_after_it_was_opened_is_a_fault_with_its_name()
    {
        byte[] whole = File.ReadAllBytes(TestFiles.Fixture("vtd-48bit", "pages.bin"));
        string path = TestFiles.Write(whole);
        Assert.That(PhysicalImage.TryOpen(path, new(), out PhysicalImage? image, out _), Is.True);
        using PhysicalImage held = image!;
        for (int length = whole.Length - 1; length >= 0; length -= 3001)
        {
            using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                stream.SetLength(length);
            }

            Findings found = Findings.Of<VtdSecondStage, FileMemory>(0xBEC000, 3, held.Memory);
            Assert.That(found.Defects, Is.EqualTo(new[] { PageTableFaultKind.TableOutsideImage }), $"{length} bytes");
        }
    }

    [Test]
    public void Limits_bound_tables_and_faults_and_counts_stay_whole()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 4096 });
        Assert.That(builder.TryMap(0, 1UL << 40, 64UL << 21, PageAccess.Read), Is.True);
        Findings few = Findings.Of<VtdSecondStage, ArenaMemory>(
            builder.Top, 3, builder.Arena.Memory, null, new() { TableMax = 10, FaultMax = int.MaxValue });
        Assert.That(few.Summary.Tables, Is.EqualTo(10));
        Assert.That(few.Summary.SkippedTables, Is.EqualTo(64 - 7));

        for (ulong i = 0; i < 3000; i++)
        {
            builder.Arena.Word(builder.WordAddress(i * 4096, 0)) = 0x1000;
        }

        RecordingSink sink = new();
        WalkSummary summary = PageTableWalker.Walk<VtdSecondStage, ArenaMemory, RecordingSink>(
            builder.Top, 3, builder.Arena.Memory, ref sink, WalkLimits.Default, CancellationToken.None);
        Assert.That(sink.Faults, Has.Count.EqualTo(1000));
        Assert.That(summary.FaultCount(PageTableFaultKind.GhostEntry), Is.EqualTo(3000));
    }

    [Test]
    public void A_cancelled_walk_throws()
    {
        PageTableBuilder<AmdV1> builder = new(2);
        RecordingSink sink = new();
        Assert.That(
            () => PageTableWalker.Walk<AmdV1, ArenaMemory, RecordingSink>(
                builder.Top, 2, builder.Arena.Memory, ref sink, WalkLimits.Default, new(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => PageTableWalker.Walk<AmdV1, ArenaMemory, RecordingSink>(
                builder.Top, 6, builder.Arena.Memory, ref sink, WalkLimits.Default, CancellationToken.None),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_larger_walk_allocates_no_more_than_a_small_one()
    {
        WalkWorkspace workspace = new();
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 4096 });
        Assert.That(builder.TryMap(0, 1UL << 40, 1UL << 21, PageAccess.Read), Is.True);
        Allocated(builder, workspace);
        long small = Allocated(builder, workspace);
        Assert.That(builder.TryMap(1UL << 21, 1UL << 41, 2047UL << 21, PageAccess.Read), Is.True);
        for (ulong page = 1; page <= 64 << 9; page++)
        {
            ulong iova = (1UL << 38) - page * 4096;
            Assert.That(builder.TryMap(iova, (1UL << 42) + page * 4096, 4096, PageAccess.Read), Is.True);
        }

        Allocated(builder, workspace);

        Assert.That(Allocated(builder, workspace), Is.EqualTo(small));
        Assert.That(small, Is.LessThan(8192), "the summary, the rules and the stack");
    }

    private static long Allocated(PageTableBuilder<VtdSecondStage> builder, WalkWorkspace workspace)
    {
        CountingSink sink = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        PageTableWalker.Walk<VtdSecondStage, ArenaMemory, CountingSink>(
            builder.Top, 3, builder.Arena.Memory, ref sink, WalkFacts.Unknown, WalkLimits.Default, workspace,
            CancellationToken.None);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(sink.Bytes, Is.Positive);
        return after - before;
    }

    // Not a class: a sink may live on the stack.
    private ref struct CountingSink : ILeafSink
    {
        public ulong Bytes { get; private set; }

        public readonly void OnRow(in LeafRow row)
        {
        }

        public void OnRun(in LeafRun run) => Bytes += run.Bytes;

        public void OnRuns(in LeafRuns runs) => runs.Tell(ref this);

        public readonly void OnFault(in PageTableFault fault)
        {
        }
    }

    private sealed class SelfPointing : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            PageTableBuilder<TFormat> builder = new(topLevel);
            int items = new WalkRules<TFormat>(topLevel, WalkFacts.Unknown).ReachableRootItems;
            for (int i = 0; i < items; i++)
            {
                ulong at = builder.Top + (ulong)i * 8;
                builder.Arena.Word(at) = TFormat.Table(builder.Top, topLevel, default);
            }

            Findings found = Findings.Of(builder);

            Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.TableCycle }));
            Assert.That(found.Summary.FaultCount(PageTableFaultKind.TableCycle), Is.EqualTo(items));
            Assert.That(found.Summary.Tables, Is.EqualTo(1));
        }
    }

    private sealed class AllShared : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            PageTableBuilder<TFormat> builder = new(
                topLevel, new() { LeafSizes = 1UL << TFormat.GranuleLg2 });
            Assert.That(
                builder.TryMap(0, 1UL << 40, 1UL << TFormat.GranuleLg2, PageAccess.ReadWrite), Is.True);
            int root = new WalkRules<TFormat>(topLevel, WalkFacts.Unknown).ReachableRootItems;
            int items = 1 << Levels.IndexBits<TFormat>();
            for (int level = topLevel; level > 0; level--)
            {
                ulong first = builder.WordAddress(0, level);
                for (int i = 1; i < (level == topLevel ? root : items); i++)
                {
                    builder.Arena.Word(first + (ulong)i * 8) = builder.Arena.Word(first);
                }
            }

            Findings found = Findings.Of(builder);

            Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.TableShared }));
            Assert.That(
                found.Summary.FaultCount(PageTableFaultKind.TableShared),
                Is.EqualTo((long)(items - 1) * (topLevel - 1) + root - 1));
            Assert.That(found.Summary.Tables, Is.EqualTo(topLevel + 1));
            Assert.That(found.Leaves, Has.Count.EqualTo(1));
        }
    }

    private sealed class Corrupted(ulong seed) : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            TestRandom random = new(seed * 1000 + (ulong)topLevel);
            WalkFacts facts = new()
            {
                PhysicalBits = 46,
                PageSizes = random.Next(2) == 0 ? null : 1UL << TFormat.GranuleLg2,
                UpdatesAccess = random.Next(2) == 0,
                UpdatesDirty = random.Next(2) == 0,
                Scratch = new(new PhysicalRange(Sound<TFormat>.Memory, Sound<TFormat>.Memory + 100)),
                IsNestParent = random.Next(2) == 0,
                HasSnoopControl = random.Next(2) == 0,
            };
            for (int round = 0; round < Rounds; round++)
            {
                Sound<TFormat> table = new(topLevel);
                ulong bytes = (ulong)table.Builder.Arena.PageCount * 4096;
                ulong[] pages = [.. Enumerable.Range(0, (int)(bytes >> TFormat.GranuleLg2))
                    .Select(page => 0x7000_0000 + ((ulong)page << TFormat.GranuleLg2))];
                for (int change = 1 + random.Next(40); change > 0; change--)
                {
                    int item = random.Next(random.Next(2) == 0 ? 16 : 512);
                    ulong at = pages[random.Next(pages.Length)] + (ulong)item * 8;
                    ref ulong word = ref table.Builder.Arena.Word(at);
                    ulong target = pages[random.Next(pages.Length)];
                    word = random.Next(5) switch
                    {
                        0 => word ^ (1UL << random.Next(64)),
                        1 => random.Next(),
                        2 => TFormat.Table(target, 1 + random.Next(topLevel), default),
                        3 => TFormat.Leaf(target, 0, TFormat.GranuleLg2, PageAccess.ReadWrite, default),
                        _ => table.Builder.Arena.Word(
                            pages[random.Next(pages.Length)] + (ulong)random.Next(16) * 8),
                    };
                }

                Findings found = Findings.Of<TFormat, ArenaMemory>(
                    table.Builder.Top, topLevel, table.Builder.Arena.Memory, facts);
                Assert.That(found.Summary.Tables, Is.LessThanOrEqualTo(pages.Length + 1));
            }
        }
    }

    private sealed class Noise(ulong seed) : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            TestRandom random = new(seed * 77 + (ulong)topLevel);
            TableArena arena = new(0);
            arena.Take(32);
            for (ulong at = 0; at < 32 * 4096; at += 8)
            {
                // Small addresses, so that many words point into the image.
                ulong mask = random.Next(3) == 0 ? ulong.MaxValue : 0xF000_0000_0007_FFFF;
                arena.Word(at) = random.Next() & mask;
            }

            Findings found = Findings.Of<TFormat, ArenaMemory>(0, topLevel, arena.Memory);

            Assert.That(found.Faults, Is.Not.Empty);
        }
    }
}
