using static GraphOrder.PageTables.PageTableFaultKind;

namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Changes a sound table of one format and looks at what is found: the kinds, where, and nothing else.
/// </summary>
internal sealed class TreeChangeOf<TFormat>(int topLevel) : ITreeChange
    where TFormat : struct, IPageTableFormat
{
    // Slots that the sound table leaves free, at level 1 and at level 2.
    private static readonly ulong Free1 = Sound<TFormat>.Far + 5 * Sound<TFormat>.Span;
    private static readonly ulong Free2 = 3 * Sound<TFormat>.Far;

    private static ulong Pages => Sound<TFormat>.Pages;

    private static ulong Far => Sound<TFormat>.Far;

    private static ulong Granule => Sound<TFormat>.Granule;

    public void Cycles()
    {
        for (int level = 1; level <= topLevel; level++)
        {
            Sound<TFormat> table = new(topLevel);
            ulong target = level == topLevel ? table.Builder.Top : table.Table(Far, level);
            table.Word(Free1, 1) = TFormat.Table(target, 1, default);
            One(table, TableCycle, Free1, 1);
        }
    }

    public void Shares()
    {
        Sound<TFormat> leaves = new(topLevel);
        leaves.Word(Free1, 1) = leaves.Word(Pages, 1);
        One(leaves, TableShared, Free1, 1);

        Sound<TFormat> tables = new(topLevel);
        tables.Word(Free2, 2) = tables.Word(Far, 2);
        One(tables, TableShared, Free2, 2);
    }

    public void Reaches()
    {
        // The table itself, a table met before it, and one that is met later.
        foreach (ulong victim in (ulong[])[Pages, Far, Sound<TFormat>.Group])
        {
            Sound<TFormat> table = new(topLevel);
            ulong page = table.Table(victim, 0);
            ref ulong word = ref table.Word(Sound<TFormat>.Group + 32 * Granule, 0);
            word = TFormat.Leaf(page, 0, TFormat.GranuleLg2, PageAccess.ReadWrite, default);
            PageTableFault fault = One(table, TableReachableByDma, Sound<TFormat>.Group + 32 * Granule, 0);
            Assert.That(fault.Table, Is.EqualTo(page));
        }

        // A large leaf over all tables, the root included.
        Sound<TFormat> large = new(topLevel);
        ulong first = large.Builder.Top & ~(Sound<TFormat>.Span - 1);
        large.Word(Sound<TFormat>.Large, 1) = TFormat.Leaf(
            first, 1, Levels.ItemLg2<TFormat>(1), PageAccess.Read, default);
        PageTableFault over = One(large, TableReachableByDma, null, 0);
        Assert.That(over.Iova, Is.EqualTo(Sound<TFormat>.Large + (over.Table - first)));
    }

    public void PointsOutside()
    {
        foreach (int level in (int[])[1, 2])
        {
            ulong free = level == 1 ? Free1 : Free2;
            Sound<TFormat> table = new(topLevel);
            table.Word(free, level) = TFormat.Table(1UL << 40, level, default);
            One(table, TableOutsideImage, free, level);
        }

        Sound<TFormat> whole = new(topLevel);
        RecordingSink sink = new();
        WalkSummary summary = PageTableWalker.Walk<TFormat, ArenaMemory, RecordingSink>(
            1UL << 40, topLevel, whole.Builder.Arena.Memory, ref sink, WalkLimits.Default,
            CancellationToken.None);
        Assert.That(sink.Faults.Single().Kind, Is.EqualTo(TableOutsideImage), "the root");
        Assert.That(summary.Tables, Is.Zero);
    }

    public void IsNotPreserved()
    {
        Sound<TFormat> table = new(topLevel);
        ulong page = table.Table(Far, 0);
        PhysicalRangeSet others = new(new(0, page - 1), new(page + Granule, ulong.MaxValue));
        table.Facts = table.Facts with { Preserved = others };
        One(table, TableNotPreserved, Far, 1);

        table.Facts = table.Facts with { Preserved = new(new(0, page + 7), new(page + 9, ulong.MaxValue)) };
        One(table, TableNotPreserved, Far, 1);
        table.Facts = table.Facts with { Preserved = new(new PhysicalRange(0, ulong.MaxValue)) };
        Assert.That(table.Check().Faults, Is.Empty);

        // All but the root, which has no word that names it.
        ulong top = table.Builder.Top;
        table.Facts = table.Facts with { Preserved = new(new(0, top - 1), new(top + 8, ulong.MaxValue)) };
        One(table, TableNotPreserved, 0, topLevel);
    }

    public void IsInScratch()
    {
        Sound<TFormat> table = new(topLevel);
        table.Facts = table.Facts with { Scratch = new(PhysicalRange.Of(table.Table(Far, 0) + 64, 1)) };
        One(table, TableOrLeafInScratch, Far, 1);

        ulong inside = Sound<TFormat>.Memory + 4 * Sound<TFormat>.Span + Granule;
        table.Facts = table.Facts with { Scratch = new(PhysicalRange.Of(inside, 1)) };
        PageTableFault leaf = One(table, TableOrLeafInScratch, Sound<TFormat>.Large + Granule, 0);
        Assert.That(leaf.Table, Is.EqualTo(inside));

        table.Facts = table.Facts with { Scratch = new(PhysicalRange.Of(table.Builder.Top + 8, 1)) };
        One(table, TableOrLeafInScratch, 0, topLevel);
    }

    public void IsEmpty()
    {
        Sound<TFormat> table = new(topLevel);
        table.Word(Far, 0) = 0;
        PageTableFault fault = One(table, EmptyTable, Far, 0);
        Assert.That(fault.Severity, Is.EqualTo(FaultSeverity.Info));
        Assert.That(table.Check().Summary.EmptyTables, Is.EqualTo(1));

        Sound<TFormat> tables = new(topLevel);
        tables.Word(Far, 1) = 0;
        One(tables, EmptyTable, Far, 1);
    }

    public void HasOtherLevel()
    {
        Sound<TFormat> table = new(topLevel);
        table.Facts = table.Facts with { HardwareTopLevel = topLevel - 1 };
        One(table, TopLevelMismatch, 0, topLevel);
        table.Facts = table.Facts with { HardwareTopLevel = topLevel };
        Assert.That(table.Check().Faults, Is.Empty);
    }

    public void HasBadRoot()
    {
        foreach (ulong top in (ulong[])[0x7000_0020, 1UL << TFormat.PhysicalBits])
        {
            Findings found = Findings.Of<TFormat, ArenaMemory>(
                top, topLevel, new Sound<TFormat>(topLevel).Builder.Arena.Memory);
            Assert.That(found.Kinds, Is.EqualTo(new[] { RootMisaligned }));
            Assert.That(found.Faults.Single().Table, Is.EqualTo(top));
        }

        // The last place that the platform has for a root, and the first that it has not.
        ulong bytes = (ulong)new WalkRules<TFormat>(topLevel, WalkFacts.Unknown).RootItems * 8;
        ArenaMemory memory = new Sound<TFormat>(topLevel).Builder.Arena.Memory;
        const ulong End = 1UL << 42;
        (ulong Top, PageTableFaultKind Kind)[] cases =
        [
            (End - bytes, TableOutsideImage), (End, RootMisaligned), (End + bytes, RootMisaligned),
        ];
        foreach ((ulong top, PageTableFaultKind kind) in cases)
        {
            WalkFacts facts = new() { PhysicalBits = 42 };
            Findings found = Findings.Of<TFormat, ArenaMemory>(top, topLevel, memory, facts);
            PageTableFault fault = found.Faults.Single();
            Assert.That(
                (fault.Kind, fault.Table, fault.Level, fault.Index), Is.EqualTo((kind, top, topLevel, -1)));
        }
    }

    public void HasTwoLevels()
    {
        if (topLevel < 2)
        {
            return;
        }

        // A table of level 0 that is one of level 1 elsewhere, met before and not above.
        Sound<TFormat> table = new(topLevel);
        table.Word(Free1, 1) = TFormat.Table(table.Table(Pages, 1), 1, default);
        One(table, SameTableAtTwoLevels, Free1, 1);
    }

    public void CouldBeOneLeaf()
    {
        PageTableBuilder<TFormat> builder = new(
            topLevel, new() { LeafSizes = Granule, BaseAddress = 0x7000_0000 });
        ulong span = Sound<TFormat>.Span;
        Assert.That(builder.TryMap(span, Sound<TFormat>.Memory, 2 * span, PageAccess.ReadWrite), Is.True);
        Findings found = Findings.Of(builder);
        Assert.That(found.Kinds, Is.EqualTo(new[] { CouldBeSuperpage }));
        Assert.That(found.Faults.Select(fault => fault.Iova), Is.EqualTo(new[] { span, 2 * span }));
        Assert.That(Findings.Of(builder, new() { PageSizes = Granule }).Faults, Is.Empty);

        // One page that may only be read: two leaves at least.
        ref ulong page = ref builder.Arena.Word(builder.WordAddress(2 * span + 9 * Granule, 0));
        ulong word = page;
        ulong physical = Sound<TFormat>.Memory + span + 9 * Granule;
        page = TFormat.Leaf(physical, 0, TFormat.GranuleLg2, PageAccess.Read, default);
        Assert.That(Findings.Of(builder).Faults.Single().Iova, Is.EqualTo(span));
        page = word;

        builder.Arena.Word(builder.WordAddress(span + 7 * Granule, 0)) = 0;
        builder.Arena.Word(builder.WordAddress(2 * span, 0)) ^= TFormat.HardwareBits(0);
        Assert.That(Findings.Of(builder).Faults.Single().Iova, Is.EqualTo(2 * span));

        PageTableBuilder<TFormat> shifted = new(
            topLevel, new() { LeafSizes = Granule, BaseAddress = 0x7000_0000 });
        Assert.That(shifted.TryMap(span, Sound<TFormat>.Memory + Granule, span, PageAccess.Read), Is.True);
        Assert.That(Findings.Of(shifted).Faults, Is.Empty, "not aligned");

        PageTableBuilder<TFormat> large = new(
            topLevel, new() { LeafSizes = span, BaseAddress = 0x7000_0000 });
        Assert.That(large.TryMap(Far, 2 * Far, Far, PageAccess.Read), Is.True);
        bool hasLarger = ((TFormat.LeafSizes(2) >> Levels.ItemLg2<TFormat>(2)) & 1) != 0;
        Assert.That(
            Findings.Of(large).Faults.Select(fault => (fault.Kind, fault.Iova, fault.Level)),
            Is.EqualTo(hasLarger
                ? [(CouldBeSuperpage, Far, 1)]
                : Array.Empty<(PageTableFaultKind, ulong, int)>()));
    }

    private static PageTableFault One(Sound<TFormat> table, PageTableFaultKind kind, ulong? iova, int level)
    {
        Findings found = table.Check();
        string name = $"{TFormat.Description.Name} {TFormat.Description.Granule}";
        Assert.That(found.Faults.Select(fault => fault.Kind), Is.EqualTo(new[] { kind }), name);
        PageTableFault fault = found.Faults[0];
        Assert.That((fault.Iova, fault.Level), Is.EqualTo((iova ?? fault.Iova, level)), name);
        Assert.That(fault.Severity, Is.EqualTo(kind.Severity()), name);
        return fault;
    }
}
