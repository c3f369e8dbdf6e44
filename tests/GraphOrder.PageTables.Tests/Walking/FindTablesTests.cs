namespace GraphOrder.PageTables.Tests;

/// <summary>The pages of all tables, which a live update must preserve with what they map.</summary>
[TestFixture]
public sealed class FindTablesTests
{
    [Test]
    public void Every_table_is_found_and_nothing_else() => EveryRoot.Run(new Found());

    [Test]
    public void Where_the_root_is_not_in_the_image_there_is_none()
    {
        PhysicalRangeSet found = PageTableWalker.FindTables<VtdSecondStage, ArenaMemory>(
            1UL << 40, 3, new TableArena(0).Memory, WalkFacts.Unknown, WalkLimits.Default,
            CancellationToken.None);

        Assert.That(found.Ranges.ToArray(), Is.Empty);
    }

    private sealed class Found : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            Sound<TFormat> sound = new(topLevel);
            PageTableBuilder<TFormat> builder = sound.Builder;

            // Pages that are no tables lie between those that are.
            for (int table = 0; table < 40; table++)
            {
                builder.Arena.Take(1 << (TFormat.GranuleLg2 - 12));
                ulong iova = Sound<TFormat>.Far + ((ulong)(8 + table) * Sound<TFormat>.Span);
                bool isMapped = builder.TryMap(iova, 1UL << 34, Sound<TFormat>.Granule, PageAccess.Read);
                Assert.That(isMapped, Is.True);
            }

            HashSet<ulong> expected = [];
            Add(builder, builder.Top, topLevel, expected);

            PhysicalRange[] ranges = PageTableWalker.FindTables<TFormat, ArenaMemory>(
                builder.Top, topLevel, builder.Arena.Memory, WalkFacts.Unknown, WalkLimits.Default,
                CancellationToken.None).Ranges.ToArray();

            List<ulong> pages = [];
            foreach (PhysicalRange range in ranges)
            {
                for (ulong page = range.First; page < range.Last; page += Sound<TFormat>.Granule)
                {
                    pages.Add(page);
                }

                Assert.That((range.Last + 1) % Sound<TFormat>.Granule, Is.Zero);
            }

            Assert.That(pages, Is.EqualTo(expected.Order()), $"{TFormat.Description.Name} {topLevel}");
        }

        private static void Add<TFormat>(
            PageTableBuilder<TFormat> builder, ulong table, int level, HashSet<ulong> pages)
            where TFormat : struct, IPageTableFormat
        {
            bool isRoot = table == builder.Top;
            WalkRules<TFormat> rules = new(builder.TopLevel, WalkFacts.Unknown);
            int items = isRoot ? rules.RootItems : 1 << Levels.IndexBits<TFormat>();
            for (ulong page = 0; page < (ulong)items * 8; page += Sound<TFormat>.Granule)
            {
                pages.Add((table & ~(Sound<TFormat>.Granule - 1)) + page);
            }

            for (int index = 0; index < items && level > 0; index++)
            {
                ulong word = builder.Arena.Word(table + ((ulong)index * 8));
                EntryReading reading = TFormat.Read(word, level, rules.Entry);
                if (reading.Kind == EntryKind.Table)
                {
                    Add(builder, reading.Physical, level - 1, pages);
                }
            }
        }
    }
}
