namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Which tables of level 0 are taken at once. That they are taken rightly the tests of whole walks show; a
/// walk that takes none finds the same and is slow.
/// </summary>
[TestFixture]
public sealed class LeafRowsTests
{
    private const ulong Physical = 1UL << 38;

    [Test]
    public void Nothing_is_taken_before_a_leaf_was_read() => EveryRoot.Run(new Unread());

    [Test]
    public void A_table_that_is_one_row_is_taken_as_a_row() => EveryRoot.Run(new OneRow());

    [Test]
    public void A_table_of_several_rows_is_taken_as_runs() => EveryRoot.Run(new SeveralRows());

    [Test]
    public void A_table_with_one_other_word_is_not_taken() => EveryRoot.Run(new OneOther());

    [Test]
    public void A_table_beyond_the_last_address_is_not_within_reach() => EveryRoot.Run(new OutOfReach());

    private sealed class Unread : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            Table<TFormat> table = new(topLevel, isRead: false);

            Assert.That((table.IsTakenAsRow(), table.IsTakenAsRuns()), Is.EqualTo((false, false)));
            Assert.That(table.Sink.Rows, Is.Empty);
        }
    }

    private sealed class OneRow : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            Table<TFormat> table = new(topLevel);
            LeafRow row = new(
                Sound<TFormat>.Span, Physical, table.Words.Length, TFormat.GranuleLg2, PageAccess.Read, 0);
            bool isLeafSize = ((TFormat.LeafSizes(1) >> Levels.ItemLg2<TFormat>(1)) & 1) != 0;

            Assert.That((table.IsTakenAsRuns(), table.IsTakenAsRow()), Is.EqualTo((false, true)));
            Assert.That(table.Sink.Rows, Is.EqualTo(new[] { row }));
            Assert.That(
                table.Sink.Faults.Select(static fault => (fault.Kind, fault.Iova, fault.Level)),
                Is.EqualTo(isLeafSize
                    ? [(PageTableFaultKind.CouldBeSuperpage, Sound<TFormat>.Span, 0)]
                    : NoFaults));

            // Not aligned for a larger leaf.
            table.Fill(Physical + Sound<TFormat>.Granule);
            table.Sink.Faults.Clear();
            Assert.That((table.IsTakenAsRow(), table.Sink.Faults.Count), Is.EqualTo((true, 0)));

            table.Access = PageAccess.Write;
            Assert.That(table.IsTakenAsRow(), Is.False, "the tables above leave something else");
        }

        private static (PageTableFaultKind, ulong, int)[] NoFaults => [];
    }

    private sealed class SeveralRows : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            Table<TFormat> table = new(topLevel);
            int count = table.Words.Length;
            int[][] cases = [[0, 1], [0, 8], [0, 5, 9], [0, 1, count - 1], [0, count / 2, count - 2]];
            foreach (int[] begins in cases)
            {
                ulong physical = Physical + (ulong)(count * 64) * Sound<TFormat>.Granule;
                for (int row = 0; row < begins.Length; row++)
                {
                    int end = row + 1 < begins.Length ? begins[row + 1] : count;
                    physical -= (ulong)(2 * count) * Sound<TFormat>.Granule;
                    table.Fill(physical, begins[row], end);
                }

                table.Sink.Rows.Clear();
                string name = $"{TFormat.Description.Name} {topLevel}: {string.Join(' ', begins)}";
                Assert.That((table.IsTakenAsRow(), table.IsTakenAsRuns()), Is.EqualTo((false, true)), name);
                Assert.That(
                    table.Sink.Rows.Select(static row =>
                        (int)((row.Iova - Sound<TFormat>.Span) / Sound<TFormat>.Granule)),
                    Is.EqualTo(begins), name);
                Assert.That(table.Sink.Rows.Sum(static row => row.Count), Is.EqualTo(count), name);
            }
        }
    }

    private sealed class OneOther : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            Table<TFormat> table = new(topLevel);
            foreach (int index in (int[])[0, 1, 7, 8, 9, table.Words.Length - 1])
            {
                ref ulong word = ref table.Words[index];
                ulong sound = word;
                ulong wider = Table<TFormat>.Leaf(index, PageAccess.ReadWrite);
                foreach (ulong other in (ulong[])[0, sound ^ 1, wider])
                {
                    word = other;
                    Assert.That(
                        (table.IsTakenAsRow(), table.IsTakenAsRuns()), Is.EqualTo((false, false)),
                        $"{TFormat.Description.Name} {topLevel}: {index} {other:x}");
                }

                word = sound;
            }

            Assert.That(table.IsTakenAsRow(), Is.True, "sound again");
        }
    }

    private sealed class OutOfReach : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            int span = Levels.ItemLg2<TFormat>(1);
            Table<TFormat> table = new(topLevel, facts: new() { InputBits = span + 1 });
            if (table.Rules.InputBits != span + 1)
            {
                return;
            }

            int items = table.Words.Length;
            (ulong Iova, int Reachable, bool IsReachable)[] cases =
            [
                (0, items, true), (1UL << span, items, true), (2UL << span, items, false),
                ((1UL << span) + Sound<TFormat>.Granule, items, false), (0, items - 1, false),
            ];
            foreach ((ulong iova, int reachable, bool isReachable) in cases)
            {
                TableFrame<TFormat> frame = new() { Iova = iova, Items = items, Reachable = reachable };
                Assert.That(table.Rows.IsReachable(frame), Is.EqualTo(isReachable), $"{iova:x} {reachable}");
            }
        }
    }

    // A table of level 0 that maps one run for reading, and what it is taken by.
    private sealed class Table<TFormat> where TFormat : struct, IPageTableFormat
    {
        public RowsSink Sink = new();

        private readonly TableSet _tables = new();

        public Table(int topLevel, bool isRead = true, WalkFacts? facts = null)
        {
            facts ??= WalkFacts.Unknown;
            Rules = new(topLevel, facts);
            _tables.Clear(TFormat.GranuleLg2);
            _tables.Seal();
            Rows = new(Rules, new(new(Rules.NotChecked()), facts, WalkLimits.Default), _tables);
            Fill(Physical);
            ItemGroups<TFormat> groups = default;
            ItemReader<TFormat> reader = new(Rules);
            TableItem item = reader.Read(Words, 0, 0, Iova, Access, false, ref groups);
            Assert.That(item.IsFaulty, Is.False);
            if (isRead)
            {
                Rows.Learn(Words[0], item, Access);
            }
        }

        public WalkRules<TFormat> Rules { get; }

        public LeafRows<TFormat, ScalarScanner> Rows { get; }

        public PageAccess Access { get; set; } = PageAccess.All;

        public ulong[] Words { get; } = new ulong[1 << Levels.IndexBits<TFormat>()];

        public static ulong Granule => Sound<TFormat>.Granule;

        public static ulong Iova => Sound<TFormat>.Span;

        public static ulong Leaf(int index, PageAccess access) =>
            TFormat.Leaf(Physical + ((ulong)index * Granule), 0, TFormat.GranuleLg2, access, default);

        public void Fill(ulong physical, int first = 0, int? end = null)
        {
            for (int index = first; index < (end ?? Words.Length); index++)
            {
                ulong page = physical + ((ulong)(index - first) * Granule);
                Words[index] = TFormat.Leaf(page, 0, TFormat.GranuleLg2, PageAccess.Read, default);
            }
        }

        public bool IsTakenAsRow() => Rows.TryTakeTable(Words, default, Frame(), ref Sink);

        public bool IsTakenAsRuns() => Rows.TryTakeRuns(Words, default, Frame(), ref Sink);

        private TableFrame<TFormat> Frame() => new()
        {
            Iova = Iova,
            Access = Access,
            Items = Words.Length,
            Reachable = Words.Length,
            Table = Physical - 4096,
        };
    }

    private readonly struct RowsSink() : ILeafSink
    {
        public List<LeafRow> Rows { get; } = [];

        public List<PageTableFault> Faults { get; } = [];

        public void OnRow(in LeafRow row) => Rows.Add(row);

        public void OnRun(in LeafRun run)
        {
        }

        public void OnRuns(in LeafRuns runs)
        {
            RowsSink self = this;
            runs.Tell(ref self);
        }

        public void OnFault(in PageTableFault fault) => Faults.Add(fault);
    }
}
