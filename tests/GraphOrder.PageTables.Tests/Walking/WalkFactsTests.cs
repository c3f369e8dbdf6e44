namespace GraphOrder.PageTables.Tests;

/// <summary>What facts mean for a walk, and what a walk counts.</summary>
[TestFixture]
public sealed class WalkFactsTests
{
    private static readonly PageTableFormat Format = new PageTableFormatOf<VtdSecondStage>();

    [Test]
    public void What_a_root_tells_comes_before_what_was_known()
    {
        PageTableRoot root = new(Format, 0, 3, 7, PageAccess.Read, null, false);
        WalkFacts known = new() { InputBits = 39, IsNestParent = true, PhysicalBits = 46 };

        Assert.That(
            root.AddTo(known), Is.EqualTo(known with { HardwareTopLevel = 3, RootAccess = PageAccess.Read }));
        Assert.That((root with { InputBits = 47 }).AddTo(known).InputBits, Is.EqualTo(47));
        Assert.That((root with { InputBits = 47 }).AddTo(WalkFacts.Unknown).InputBits, Is.EqualTo(47));
        Assert.That((root with { IsNestParent = true }).AddTo(WalkFacts.Unknown).IsNestParent, Is.True);
        Assert.That(root.AddTo(WalkFacts.Unknown).IsNestParent, Is.Null);
        Assert.That(root.AddTo(new() { IsNestParent = false }).IsNestParent, Is.False);
        Assert.That(() => root.AddTo(null!), Throws.ArgumentNullException);
    }

    [TestCase(EntryKind.Leaf, EntryKind.Leaf, false)]
    [TestCase(EntryKind.NotPresent, EntryKind.Empty, false)]
    [TestCase(EntryKind.Empty, EntryKind.NotPresent, true)]
    [TestCase(EntryKind.NotPresent, EntryKind.Leaf, true)]
    [TestCase(EntryKind.Leaf, EntryKind.Empty, true)]
    [TestCase(EntryKind.Table, EntryKind.Leaf, true)]
    public void A_word_that_Linux_reads_otherwise_is_told(
        EntryKind hardware, EntryKind kernel, bool expected) =>
        Assert.That(
            new PageTableFault(
                PageTableFaultKind.GhostEntry, FaultSeverity.Error, 0, 0, 0, 0, 0, hardware, kernel)
                .IsReadTwoWays,
            Is.EqualTo(expected));

    [Test]
    public void Parts_of_a_walk_are_added_up()
    {
        WalkSummary whole = new([]);
        WalkSummary part = new([]);
        FaultSeverity[] severities = [FaultSeverity.Error, FaultSeverity.Warning, FaultSeverity.Error];
        foreach (FaultSeverity severity in severities)
        {
            part.Count(new PageTableFault(PageTableFaultKind.GhostEntry, severity, 0, 0, 0, 0, 0));
        }

        part.Count(5, 12);
        part.Count(2, 21);
        part.Tables = 7;
        part.SkippedTables = 3;
        part.CountTorn(0x5000);
        part.CountTorn(0x6000);

        whole.Add(part);
        Expect(whole, 1);
        whole.CountTorn(0x7000);
        Assert.That((whole.TornTables, whole.FirstTornTable), Is.EqualTo((3L, 0x5000UL)));

        WalkSummary twice = new([]);
        twice.CountTorn(0x4000);
        twice.Add(part);
        twice.Add(part);
        Expect(twice, 2);
        Assert.That((twice.TornTables, twice.FirstTornTable), Is.EqualTo((5L, 0x4000UL)));
    }

    // By the specifications: VT-d, AMD and Arm end where they are told; RISC-V and x86 first stage continue
    // the sign of their last bit, if it is the one that they have.
    [Test]
    public void Input_addresses_end_where_the_format_or_the_facts_say()
    {
        Expect<VtdSecondStage>(3, new(), 48, 512, 512);
        Expect<VtdSecondStage>(3, new() { InputBits = 40 }, 40, 512, 2);
        Expect<VtdSecondStage>(3, new() { InputBits = 39 }, 39, 512, 1);
        Expect<VtdSecondStage>(3, new() { InputBits = 30 }, 30, 512, 1);
        Expect<VtdSecondStage>(3, new() { InputBits = 60 }, 48, 512, 512);
        Expect<AmdV1>(5, new(), 64, 512, 128);
        Expect<AmdV1>(2, new() { InputBits = 38 }, 38, 512, 256);
        Expect<X86FirstStage>(3, new(), 48, 512, 512, 1UL << 47, 0xFFFF_8000_0000_0000);
        Expect<X86FirstStage>(4, new(), 57, 512, 512, 1UL << 56, 0xFF00_0000_0000_0000);
        Expect<X86FirstStage>(3, new() { InputBits = 47 }, 47, 512, 256, 1UL << 46, 1UL << 46);
    }

    // Arm's root is as long as it must be: 64 bytes at least, and up to sixteen tables side by side.
    [Test]
    public void A_root_of_Arm_has_the_items_that_its_addresses_need()
    {
        Expect<ArmLpae<Stage1, Granule4K>>(3, new(), 48, 512, 512);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { InputBits = 40 }, 40, 1024, 1024);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { RootTables = 2 }, 40, 1024, 1024);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { RootTables = 16 }, 43, 8192, 8192);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { InputBits = 45 }, 43, 8192, 8192);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { InputBits = 33 }, 33, 8, 8);
        Expect<ArmLpae<Stage1, Granule4K>>(2, new() { InputBits = 31 }, 31, 8, 2);
    }

    [TestCase(33)]
    [TestCase(36)]
    [TestCase(40)]
    [TestCase(42)]
    public void A_root_that_is_no_whole_table_or_several_is_walked_to_its_end(int bits)
    {
        WalkFacts facts = new() { InputBits = bits };
        PageTableBuilder<ArmLpae<Stage2, Granule4K>> builder = new(
            2, new() { Facts = facts, BaseAddress = 0x7000_0000 });
        ulong last = (1UL << bits) - 4096;
        foreach (ulong iova in (ulong[])[0, 1UL << 31, last])
        {
            Assert.That(builder.TryMap(iova, 1UL << 34, 4096, PageAccess.Read), Is.True);
        }

        Findings found = Findings.Of(builder, facts);

        Assert.That(found.Faults, Is.Empty);
        Assert.That(
            found.Leaves.Select(static leaf => leaf.Iova), Is.EqualTo(new[] { 0UL, 1UL << 31, last }));

        // The last page of the root is one of its tables as well.
        ulong root = (ulong)new WalkRules<ArmLpae<Stage2, Granule4K>>(2, facts).RootItems * 8;
        builder.Arena.Word(builder.WordAddress(1UL << 31, 1)) =
            ArmLpae<Stage2, Granule4K>.Table(builder.Top + ((root - 8) & ~0xFFFUL), 1, default);
        Assert.That(
            Findings.Of(builder, facts).Faults.Select(static fault => fault.Kind),
            Is.EqualTo(new[] { PageTableFaultKind.TableCycle }));
    }

    [Test]
    public void What_no_fact_tells_is_named_as_not_checked()
    {
        Assert.That(new WalkRules<VtdSecondStage>(3, new()).NotChecked(), Is.EquivalentTo(new[]
        {
            PageTableFaultKind.AddressWiderThanPlatform, PageTableFaultKind.PageSizeNotAdvertised,
            PageTableFaultKind.ReadOnlyUnderNestParent, PageTableFaultKind.TableNotPreserved,
            PageTableFaultKind.TableOrLeafInScratch, PageTableFaultKind.TopLevelMismatch,
        }));
        WalkFacts known = new()
        {
            PhysicalBits = 46,
            PageSizes = 4096,
            IsNestParent = false,
            Preserved = new(),
            Scratch = new(),
            HardwareTopLevel = 3,
        };
        Assert.That(new WalkRules<VtdSecondStage>(3, known).NotChecked(), Is.Empty);
        Assert.That(
            new WalkRules<AmdV1>(3, known).NotChecked(),
            Is.EqualTo(new[] { PageTableFaultKind.EncryptionBitMismatch }));
    }

    [Test]
    public void Addresses_of_52_bits_are_for_platforms_that_have_them()
    {
        Assert.That(Entry(new()).Has52BitAddresses, Is.False);
        Assert.That(Entry(new() { PhysicalBits = 47 }).Has52BitAddresses, Is.False);
        Assert.That(Entry(new() { PhysicalBits = 48 }).Has52BitAddresses, Is.False);
        Assert.That(Entry(new() { PhysicalBits = 49 }).Has52BitAddresses, Is.True);

        static EntryFacts Entry(WalkFacts facts) => new WalkRules<VtdSecondStage>(3, facts).Entry;
    }

    private static void Expect(WalkSummary summary, int times)
    {
        Assert.That((summary.Errors, summary.Faults), Is.EqualTo((2L * times, 3L * times)));
        Assert.That(summary.FaultCount(PageTableFaultKind.GhostEntry), Is.EqualTo(3 * times));
        Assert.That((summary.LeafCount(12), summary.LeafCount(21)), Is.EqualTo((5L * times, 2L * times)));
        Assert.That((summary.Tables, summary.SkippedTables), Is.EqualTo((7L * times, 3L * times)));
        Assert.That(summary.MappedBytes, Is.EqualTo((UInt128)((5 * 4096) + (2 << 21)) * (UInt128)times));
    }

    private static void Expect<TFormat>(
        int topLevel, WalkFacts facts, int bits, int items, int reachable, ulong iova = 0,
        ulong canonical = 0)
        where TFormat : struct, IPageTableFormat
    {
        WalkRules<TFormat> rules = new(topLevel, facts);
        Assert.That(
            (rules.InputBits, rules.RootItems, rules.ReachableRootItems),
            Is.EqualTo((bits, items, reachable)));
        Assert.That(rules.LastIova, Is.EqualTo(bits == 64 ? ulong.MaxValue : (1UL << bits) - 1));
        Assert.That(rules.Canonical(iova), Is.EqualTo(canonical));
        Assert.That(rules.Canonical(0x1000), Is.EqualTo(0x1000));
    }
}
