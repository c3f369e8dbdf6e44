namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Tables that hold what folio records say are told at once; all others are walked as ever.
/// </summary>
[TestFixture]
public sealed class PredictionTests
{
    private const ulong Page = 4096;
    private const ulong Memory = 0x10_0000_0000;
    private const int Tables = 4;
    private const int Pages = 512 * Tables;

    [Test]
    public void What_is_as_recorded_is_told_at_once_and_what_is_not_is_walked() =>
        EveryRoot.Run(new Changed(), isOfSmallPages: true);

    [Test]
    public void A_walk_with_a_prediction_allocates_nothing_for_a_table() =>
        EveryRoot.Run(new Allocations(), isOfSmallPages: true);

    // Bit 52 says nothing in VT-d. A frame that were so wide would set it, and pass for the one without.
    [Test]
    public void A_frame_too_wide_for_its_field_is_not_what_was_recorded()
    {
        ulong[] records = new ulong[2 * Pages];
        PageTableBuilder<VtdSecondStage> builder = Build<VtdSecondStage>(3, records);
        for (ulong page = 0; page < Pages; page++)
        {
            builder.Arena.Word(builder.WordAddress(page * Page, 0)) |= 1UL << 52;
        }

        Assert.That(Told(builder, records), Is.EqualTo(Tables - 1), "all but the first table");
        records[2 * 600] |= 1UL << 40;
        Assert.That(Told(builder, records), Is.EqualTo(Tables - 2));
    }

    [Test]
    public void Leaves_with_other_access_than_recorded_are_walked()
    {
        ulong[] records = new ulong[2 * Pages];
        PageTableBuilder<VtdSecondStage> builder = Build<VtdSecondStage>(3, records);
        for (ulong page = 0; page < Pages; page++)
        {
            builder.Arena.Word(builder.WordAddress(page * Page, 0)) &= ~2UL;
        }

        Assert.That(Told(builder, records), Is.Zero);
    }

    private static int Told(PageTableBuilder<VtdSecondStage> builder, ulong[] records)
    {
        List<ulong> told = [];
        RecordingSink sink = new();
        Walk(builder, records, told, ref sink);
        return told.Count;
    }

    private static PageTableBuilder<TFormat> Build<TFormat>(int topLevel, ulong[] records)
        where TFormat : struct, IPageTableFormat
    {
        PageTableBuilder<TFormat> builder = new(
            topLevel, new() { LeafSizes = Page, BaseAddress = 0x7000_0000 });
        for (ulong page = 0; page < Pages; page++)
        {
            ulong physical = Memory + (page * 389 % Pages * 2 * Page);
            Assert.That(builder.TryMap(page * Page, physical, Page, PageAccess.ReadWrite), Is.True);
            records[2 * page] = physical >> 12;
            records[(2 * page) + 1] = page;
        }

        return builder;
    }

    private static WalkSummary Walk<TFormat>(
        PageTableBuilder<TFormat> builder, ulong[] records, List<ulong> told, ref RecordingSink sink)
        where TFormat : struct, IPageTableFormat => PageTableWalker
        .Walk<TFormat, ArenaMemory, Records, RecordingSink>(
            builder.Top, builder.TopLevel, builder.Arena.Memory, new(records, told), ref sink,
            WalkFacts.Unknown, WalkLimits.Default, new(), CancellationToken.None);

    private readonly struct Records(ulong[] records, List<ulong> told) : ILeafPrediction
    {
        public static bool IsNothing => false;

        public bool TryPredict(ulong iova, int count, out FolioPrediction prediction)
        {
            int page = (int)(iova / Page);
            bool isThere = page + count <= Pages;
            prediction = !isThere ? default : new()
            {
                Records = records.AsSpan(2 * page, 2 * count),
                FirstIndex = (ulong)page,
                Access = PageAccess.ReadWrite,
            };
            return isThere;
        }

        public void OnPredicted(ulong iova, int count) => told.Add(iova);
    }

    // The first table is walked, since no leaf has been read before it.
    private sealed class Changed : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            ulong[] records = new ulong[2 * Pages];
            PageTableBuilder<TFormat> builder = Build<TFormat>(topLevel, records);
            ulong span = 512 * Page;
            List<ulong> told = [];
            RecordingSink sink = new();
            WalkSummary found = Walk(builder, records, told, ref sink);
            Assert.That(told, Is.EqualTo(new[] { span, 2 * span, 3 * span }));
            Assert.That(sink.Runs, Has.Count.EqualTo(512));
            Assert.That(found.LeafCount(12), Is.EqualTo(Pages));
            Assert.That(found.MappedBytes, Is.EqualTo((UInt128)(Pages * Page)));

            records[2 * 700] ^= 1;
            told.Clear();
            sink = new();
            Walk(builder, records, told, ref sink);
            Assert.That(told, Is.EqualTo(new[] { 2 * span, 3 * span }));
            Assert.That(sink.Runs, Has.Count.EqualTo(1024));

            // A page of a table among the pages: the device would write to it.
            records[2 * 700] ^= 1;
            ref ulong word = ref builder.Arena.Word(builder.WordAddress(1200 * Page, 0));
            word = TFormat.Leaf(builder.Top, 0, 12, PageAccess.ReadWrite, default);
            records[2 * 1200] = builder.Top >> 12;
            told.Clear();
            sink = new();
            found = Walk(builder, records, told, ref sink);
            Assert.That(told, Is.EqualTo(new[] { span, 3 * span }));
            Assert.That(found.FaultCount(PageTableFaultKind.TableReachableByDma), Is.EqualTo(1));
        }
    }

    private sealed class Allocations : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            ulong[] records = new ulong[2 * Pages];
            PageTableBuilder<TFormat> builder = Build<TFormat>(topLevel, records);
            WalkWorkspace workspace = new();

            // The least of several: the runtime allocates now and then on its own account.
            long few = Enumerable.Range(0, 5).Min(_ => Bytes(builder, records, workspace, 1));
            long many = Enumerable.Range(0, 5).Min(_ => Bytes(builder, records, workspace, 20));
            Assert.That(many, Is.EqualTo(20 * few).Within(20));
            Assert.That(few, Is.LessThan(20_000));
        }

        private static long Bytes<TFormat>(
            PageTableBuilder<TFormat> builder, ulong[] records, WalkWorkspace workspace, int times)
            where TFormat : struct, IPageTableFormat
        {
            NothingSink sink = default;
            List<ulong> told = new(10_000);
            Once();
            long start = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
            {
                Once();
            }

            return GC.GetAllocatedBytesForCurrentThread() - start;

            void Once() => PageTableWalker.Walk<TFormat, ArenaMemory, Records, NothingSink>(
                builder.Top, builder.TopLevel, builder.Arena.Memory, new(records, told), ref sink,
                WalkFacts.Unknown, WalkLimits.Default, workspace, CancellationToken.None);
        }
    }
}
