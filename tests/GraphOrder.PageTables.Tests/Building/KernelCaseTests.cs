namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Single cases of the kernel's own tests: those that once went wrong, and those of one format.
/// </summary>
[TestFixture]
public sealed class KernelCaseTests
{
    private const PageAccess ReadWrite = PageAccess.ReadWrite;
    private const ulong Gigabyte = 1UL << 30;

    [Test]
    public void A_mapping_of_mixed_sizes_has_the_entries_that_the_kernel_makes()
    {
        // generic_pt test_mixed: page frames 3FE400h to 4C0600h one to one.
        PageTableBuilder<VtdSecondStage> builder = new(3);
        Assert.That(builder.TryMap(0x3FE400UL << 12, 0x3FE400UL << 12, 0xC2200UL << 12, ReadWrite), Is.True);

        Findings found = Findings.Of(builder);

        Assert.That(
            found.Leaves.Select(leaf => leaf.SizeLg2),
            Is.EqualTo(Enumerable.Repeat(21, 14).Concat([30, 30, 30]).Concat([21, 21, 21])));
        Assert.That(found.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_mapping_at_a_boundary_of_sizes_is_whole()
    {
        // generic_pt test_pgsize_boundary.
        PageTableBuilder<AmdV1> amd = new(2);
        PageTableBuilder<RiscV<Sv39>> riscV = new(2);
        Assert.That(amd.TryMap(0xFEF80000, 0x208B95D000, 128 << 10, ReadWrite), Is.True);
        Assert.That(riscV.TryMap(0xFEF80000, 0x208B95D000, 128 << 10, ReadWrite), Is.True);

        LeafRun[] expected = [new(0xFEF80000, 0x208B95D000, 128 << 10, ReadWrite)];
        Assert.That(Findings.Of(amd).Runs, Is.EqualTo(expected));
        Assert.That(Findings.Of(riscV).Runs, Is.EqualTo(expected));
    }

    [TestCase(0UL, 12, 262144, 0)]
    [TestCase(0x1000UL, 21, 511, 0)]
    [TestCase(0UL, 21, 0, 512)]
    public void A_gigabyte_takes_as_many_leaves_as_the_sizes_say(
        ulong first, int larger, int small, int large)
    {
        PageTableBuilder<VtdSecondStage> builder = new(
            3, new() { LeafSizes = (1UL << 12) | (1UL << larger) });
        ulong bytes = first == 0 ? Gigabyte : 0x200000 - first;
        Assert.That(builder.TryMap(first, (4 * Gigabyte) + first, bytes, ReadWrite), Is.True);

        Findings found = Findings.Of(builder);

        Assert.That(found.Summary.LeafCount(12), Is.EqualTo(small));
        Assert.That(found.Summary.LeafCount(21), Is.EqualTo(large));
    }

    [Test]
    public void A_root_grows_by_one_level_at_a_time()
    {
        PageTableBuilder<AmdV1> builder = new(0);
        List<LeafRun> mapped = [];
        for (int level = 0; level < 5; level++)
        {
            ulong beyond = 1UL << (21 + 9 * level);
            Assert.That(() => builder.TryMap(beyond, 0x1000, 0x1000, ReadWrite), Throws.ArgumentException);
            builder.Grow();
            Assert.That(builder.TopLevel, Is.EqualTo(level + 1));
            Assert.That(builder.TryMap(beyond, 0x1000, 0x1000, ReadWrite), Is.True);
            mapped.Add(new(beyond, 0x1000, 0x1000, ReadWrite));
            Assert.That(Findings.Of(builder).Runs, Is.EqualTo(mapped));
            Assert.That(Findings.Of(builder).Defects, Is.Empty);
        }

        Assert.That(builder.Grow, Throws.InvalidOperationException);
    }

    [Test]
    public void A_run_does_not_go_on_across_the_hole_of_sign_extended_addresses()
    {
        PageTableBuilder<X86FirstStage> builder = new(3);
        Assert.That(builder.TryMap(0x7FFF_FFFF_F000, 0x1000, 0x1000, ReadWrite), Is.True);
        Assert.That(builder.TryMap(0xFFFF_8000_0000_0000, 0x2000, 0x1000, ReadWrite), Is.True);

        Assert.That(Findings.Of(builder).Runs, Is.EqualTo(new LeafRun[]
        {
            new(0x7FFF_FFFF_F000, 0x1000, 0x1000, ReadWrite),
            new(0xFFFF_8000_0000_0000, 0x2000, 0x1000, ReadWrite),
        }));
    }

    [Test]
    public void Access_is_what_all_tables_on_the_way_leave()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3);
        Assert.That(builder.TryMap(Gigabyte, 0x1000, 0x1000, ReadWrite), Is.True);
        builder.Arena.Word(builder.WordAddress(Gigabyte, 2)) &= ~2UL;
        Assert.That(Findings.Of(builder).Runs.Single().Access, Is.EqualTo(PageAccess.Read));

        PageTableBuilder<AmdV1> amd = new(2);
        Assert.That(amd.TryMap(0, 0x1000, 0x1000, ReadWrite), Is.True);
        WalkFacts facts = new() { RootAccess = PageAccess.Write };
        Assert.That(Findings.Of(amd, facts).Runs.Single().Access, Is.EqualTo(PageAccess.Write));
    }

    // io-pgtable-arm: page sizes {4K,2M,1G} {16K,32M} {64K,512M}, stages 1 and 2, IAS from 32 to 48.
    [Test]
    public void Arm_tables_of_every_input_width(
        [Values(1, 2)] int stage, [Values(12, 14, 16)] int granule, [Values(32, 36, 40, 42, 44, 48)] int ias)
    {
        switch (stage, granule)
        {
            case (1, 12): Arm<Stage1, Granule4K>(ias); break;
            case (1, 14): Arm<Stage1, Granule16K>(ias); break;
            case (1, 16): Arm<Stage1, Granule64K>(ias); break;
            case (2, 12): Arm<Stage2, Granule4K>(ias); break;
            case (2, 14): Arm<Stage2, Granule16K>(ias); break;
            default: Arm<Stage2, Granule64K>(ias); break;
        }
    }

    private static void Arm<TStage, TGranule>(int ias)
        where TStage : struct, IArmStage
        where TGranule : struct, IArmGranule
    {
        // Each level that can hold the width: stage 2 joins up to 16 tables to save a level.
        for (int level = 0; level <= TGranule.TopLevelMax; level++)
        {
            int items = ias - Levels.ItemLg2<ArmLpae<TStage, TGranule>>(level);
            int bits = TGranule.Lg2 - 3;
            bool isJoined = items > bits && items <= bits + 4 && TStage.IsSecond;
            if (items is >= 3 && (items <= bits || isJoined))
            {
                ArmAt<TStage, TGranule>(ias, level);
            }
        }
    }

    private static void ArmAt<TStage, TGranule>(int ias, int level)
        where TStage : struct, IArmStage
        where TGranule : struct, IArmGranule
    {
        WalkFacts facts = new() { InputBits = ias };
        PageTableBuilder<ArmLpae<TStage, TGranule>> builder = new(
            level, new() { Facts = facts, BaseAddress = 0x7000_0000 });
        foreach (ulong iova in (ulong[])[42, Gigabyte + 42, (2 * Gigabyte) + 42])
        {
            Assert.That(builder.TryTranslate(iova, out _), Is.False, "an empty table translates nothing");
        }

        List<LeafRun> mapped = [];
        ulong at = 0;
        for (ulong sizes = builder.LeafSizes; sizes != 0; sizes &= sizes - 1, at += Gigabyte)
        {
            ulong size = sizes & ~(sizes - 1);
            ulong first = at & ~(size - 1);
            LeafRun run = new(first, first, size, ReadWrite);
            bool overlaps = mapped.Exists(other => first <= other.Iova + (other.Bytes - 1));
            if (overlaps || first + (size - 1) >= 1UL << ias)
            {
                continue;
            }

            Assert.That(builder.TryMap(first, first, size, ReadWrite), Is.True);
            mapped.Add(run);
            Assert.That(builder.TryMap(first, first + size, size, ReadWrite), Is.False, "it is mapped already");
            Assert.That(
                builder.TryTranslate(first + 42, out ulong physical) && physical == first + 42, Is.True);
            Assert.That(builder.Unmap(first, size), Is.EqualTo(size));
            Assert.That(builder.TryTranslate(first + 42, out _), Is.False);
            Assert.That(builder.TryMap(first, first, size, ReadWrite), Is.True, "and again");
        }

        ulong page = 1UL << TGranule.Lg2;
        ulong last = (1UL << ias) - page;
        Assert.That(builder.TryMap(last, last, page, ReadWrite), Is.True, "the last page of the IAS");
        mapped.Add(new(last, last, page, ReadWrite));

        Findings found = Findings.Of(builder, facts);
        Assert.That(found.Runs, Is.EqualTo(FormatCases.Runs(mapped)));
        Assert.That(found.Defects, Is.Empty.Or.EqualTo(new[] { PageTableFaultKind.TableReachableByDma }));
    }
}
