using static GraphOrder.PageTables.PageTableFaultKind;

namespace GraphOrder.PageTables.Tests;

/// <summary>
/// One change to a sound table for each defect of a word, in each format where it can occur.
/// </summary>
[TestFixture]
public sealed partial class DefectTests
{
    private const ulong Bit63 = 1UL << 63;

    [Test]
    public void E01_reserved_bit_set()
    {
        Expect<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Pages, 1) |= 1 << 11, ReservedBitSet);
        Expect<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Far, 0) |= 1 << 11,
            new WalkFacts { HasSnoopControl = false }, ReservedBitSet, CoherencyAttributeMixed);
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 0) |= 1UL << 55, ReservedBitSet);
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 1) |= 1UL << 52, ReservedBitSet);
        Expect<RiscV<Sv48>>(3, table => table.Word(Sound<RiscV<Sv48>>.Far, 0) |= 1UL << 54, ReservedBitSet);
        Expect<RiscV<Sv48>>(3, table => table.Word(Sound<RiscV<Sv48>>.Far, 2) |= 1 << 4, ReservedBitSet);
        Expect<RiscV<Sv48>>(
            3, table => table.Word(Sound<RiscV<Sv48>>.Far, 0) |= 1UL << 59,
            new WalkFacts { HasSvrsw60t59b = false },
            ReservedBitSet);
        foreach (PageTableFault fault in (PageTableFault[])[
            One<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 1) |= 1UL << 59),
            One<ArmLpae<Stage1, Granule4K>>(
                3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Far, 0) |= 1UL << 48),
            One<ArmLpae<Stage2, Granule16K>>(
                2, table => table.Word(Sound<ArmLpae<Stage2, Granule16K>>.Far, 0) |= Bit63),
            One<ArmLpae<Stage2, Granule64K>>(
                2, table => table.Word(Sound<ArmLpae<Stage2, Granule64K>>.Far, 1) |= 1 << 12)])
        {
            Assert.That((fault.Kind, fault.Severity), Is.EqualTo((ReservedBitSet, FaultSeverity.Warning)));
        }
    }

    [Test]
    public void E02_address_wider_than_platform()
    {
        WalkFacts facts = new() { PhysicalBits = 40 };
        EveryRoot.Run(new AddressBit(facts));
    }

    [Test]
    public void E03_misaligned_superpage()
    {
        Expect<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Large, 1) |= 1 << 12, MisalignedSuperpage);
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Large, 1) |= 1 << 13, MisalignedSuperpage);
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Large, 1) |= 1 << 12, MisalignedSuperpage);
        Expect<RiscV<Sv48>>(
            3, table => table.Word(Sound<RiscV<Sv48>>.Large, 1) |= 1 << 10, MisalignedSuperpage);
        Expect<ArmLpae<Stage1, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Large, 1) |= 1 << 12,
            MisalignedSuperpage);
        Expect<ArmLpae<Stage2, Granule16K>>(
            2, table => table.Word(Sound<ArmLpae<Stage2, Granule16K>>.Large, 1) |= 1 << 14,
            MisalignedSuperpage);
        Expect<ArmLpae<Stage2, Granule64K>>(
            2, table => table.Word(Sound<ArmLpae<Stage2, Granule64K>>.Large, 1) |= 1 << 17,
            MisalignedSuperpage);

        // Bit 12 of a large x86 leaf is PAT, bit 16 of an Arm block says that it may be split.
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Large, 1) |= 1 << 12, CoherencyAttributeMixed);
        Expect<ArmLpae<Stage1, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Large, 1) |= 1 << 16);
    }

    [Test]
    public void E04_leaf_at_illegal_level()
    {
        PageTableFault vtd = One<VtdSecondStage>(3, table => table.Word(0, 3) |= 1 << 7);
        PageTableFault x86 = One<X86FirstStage>(4, table => table.Word(0, 4) |= 1 << 7);
        PageTableFault amd = One<AmdV1>(5, table => table.Word(0, 5) &= ~0xE00UL);
        PageTableFault arm = One<ArmLpae<Stage1, Granule4K>>(3, table => table.Word(0, 3) &= ~2UL);
        PageTableFault arm64K = One<ArmLpae<Stage1, Granule64K>>(2, table => table.Word(0, 2) &= ~2UL);

        foreach (PageTableFault fault in (PageTableFault[])[vtd, x86, amd, arm, arm64K])
        {
            Assert.That(fault.Kind, Is.EqualTo(LeafAtIllegalLevel));
            Assert.That(fault.Hardware, Is.EqualTo(EntryKind.Refused));
            Assert.That(fault.IsReadTwoWays, Is.True);
        }

        Assert.That(vtd.Kernel, Is.EqualTo(EntryKind.Table), "Linux goes on and reads memory as entries");
    }

    [Test]
    public void E05_table_encoding_at_level_0()
    {
        PageTableFault amd = One<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 0) |= 3 << 9);
        PageTableFault riscV = One<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) &= ~0xEUL);

        foreach (PageTableFault fault in (PageTableFault[])[amd, riscV])
        {
            Assert.That(
                (fault.Kind, fault.Hardware, fault.Kernel),
                Is.EqualTo((TableEncodingAtLevel0, EntryKind.Refused, EntryKind.Leaf)));
        }
    }

    [Test]
    public void E06_reserved_leaf_encoding()
    {
        Expect<ArmLpae<Stage1, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Pages, 0) &= ~2UL, ReservedLeafEncoding);
        Expect<ArmLpae<Stage2, Granule16K>>(
            2, table => table.Word(Sound<ArmLpae<Stage2, Granule16K>>.Pages, 0) &= ~2UL,
            ReservedLeafEncoding);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) &= ~2UL, ReservedLeafEncoding);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) |= 3UL << 61, ReservedLeafEncoding);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) |= Bit63, ReservedLeafEncoding);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Large, 1) |= Bit63, ReservedLeafEncoding);

        // 64 KiB is the one size that a group can have: 1000b in the lowest bits of the page number.
        for (ulong code = 0; code < 16; code++)
        {
            ulong word = RiscV<Sv39>.Leaf(1UL << 32, 0, 12, PageAccess.Read, default) | Bit63 | (code << 10);
            EntryKind kind = RiscV<Sv39>.Read(word, 0, default).Kind;
            Assert.That(kind, Is.EqualTo(code == 8 ? EntryKind.Leaf : EntryKind.Refused), $"{code}");
        }
    }

    [Test]
    public void E07_ghost_entry()
    {
        EveryRoot.Run(new Ghost());

        PageTableFault followed = One<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Far, 1) &= ~3UL);
        Assert.That((followed.Kind, followed.Severity), Is.EqualTo((GhostEntry, FaultSeverity.Error)));
        Assert.That(
            (followed.Hardware, followed.Kernel), Is.EqualTo((EntryKind.NotPresent, EntryKind.Table)));
        PageTableFault leaf = One<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Far, 0) &= ~3UL);
        Assert.That((leaf.Severity, leaf.Kernel), Is.EqualTo((FaultSeverity.Warning, EntryKind.Leaf)));
    }

    [Test]
    public void E08_no_permission_leaf()
    {
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 0) &= ~(3UL << 61), NoPermissionLeaf);
        Expect<ArmLpae<Stage2, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage2, Granule4K>>.Far, 0) &= ~0xC0UL, NoPermissionLeaf);
        Expect<VtdSecondStage>(
            3,
            table =>
            {
                table.Word(Sound<VtdSecondStage>.Far, 1) &= ~2UL;
                table.Word(Sound<VtdSecondStage>.Far, 0) &= ~1UL;
            },
            NoPermissionLeaf);
    }

    [Test]
    public void E09_access_flag_clear()
    {
        WalkFacts facts = new() { UpdatesAccess = false };
        Expect<ArmLpae<Stage1, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Far, 0) &= ~0x400UL,
            facts, AccessFlagClear);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) &= ~0x40UL, facts, AccessFlagClear);
        Expect<RiscV<Sv39>>(2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) &= ~0x40UL);
    }

    [Test]
    public void E10_dirty_not_preset()
    {
        WalkFacts facts = new() { UpdatesDirty = false };
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Far, 0) &= ~0x40UL, facts, DirtyNotPreset);
        Expect<RiscV<Sv39>>(
            2, table => table.Word(Sound<RiscV<Sv39>>.Pages, 0) &= ~0x80UL, facts, DirtyNotPreset);
        Expect<X86FirstStage>(3, table => table.Word(Sound<X86FirstStage>.Far, 0) &= ~0x40UL);
    }

    [Test]
    public void E11_coherency_attribute_mixed()
    {
        Expect<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Far, 0) |= 1 << 11, CoherencyAttributeMixed);
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Far, 0) |= 1 << 4, CoherencyAttributeMixed);
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 0) &= ~(1UL << 60), CoherencyAttributeMixed);
        Expect<ArmLpae<Stage1, Granule4K>>(
            3, table => table.Word(Sound<ArmLpae<Stage1, Granule4K>>.Far, 0) ^= 1 << 2,
            CoherencyAttributeMixed);
        Expect<ArmLpae<Stage2, Granule64K>>(
            2, table => table.Word(Sound<ArmLpae<Stage2, Granule64K>>.Far, 0) ^= 1 << 8,
            CoherencyAttributeMixed);
        Expect<RiscV<Sv48>>(
            3, table => table.Word(Sound<RiscV<Sv48>>.Far, 0) |= 1UL << 61, CoherencyAttributeMixed);
    }

    [Test]
    public void E12_encryption_bit_mismatch()
    {
        const ulong Bit = 1UL << 47;
        WalkFacts facts = new() { EncryptionBit = 47 };
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 0) &= ~Bit, facts, EncryptionBitMismatch);
        Expect<AmdV1>(3, table => table.Word(Sound<AmdV1>.Far, 2) &= ~Bit, facts, EncryptionBitMismatch);
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Far, 0) &= ~Bit, facts, EncryptionBitMismatch);
        Expect<X86FirstStage>(
            3, table => table.Word(Sound<X86FirstStage>.Far, 1) &= ~Bit, facts, EncryptionBitMismatch);

        ulong device = Sound<AmdV1>.Memory + 7 * Sound<AmdV1>.Span;
        Expect<AmdV1>(
            3, table => table.Facts = table.Facts with { Mmio = new(PhysicalRange.Of(device, 4096)) }, facts,
            EncryptionBitMismatch);
    }

    [Test]
    public void E13_page_size_not_advertised() => EveryRoot.Run(new SmallSizesOnly());

    [Test]
    public void E22_read_only_under_nest_parent()
    {
        WalkFacts facts = new() { IsNestParent = true };
        Expect<VtdSecondStage>(
            3, table => table.Word(Sound<VtdSecondStage>.Far, 0) &= ~2UL, facts, ReadOnlyUnderNestParent);
        Expect<VtdSecondStage>(3, table => table.Word(Sound<VtdSecondStage>.Far, 0) &= ~2UL);
    }

    [Test]
    public void What_needs_a_fact_is_listed_where_it_is_absent()
    {
        Assert.That(
            new Sound<RiscV<Sv39>>(2).Check().Summary.NotChecked.ToArray(),
            Is.EqualTo(new[]
            {
                AddressWiderThanPlatform, AccessFlagClear, DirtyNotPreset, PageSizeNotAdvertised,
                TableNotPreserved,
                TableOrLeafInScratch, TopLevelMismatch,
            }));
        Assert.That(
            new Sound<AmdV1>(3).Check().Summary.NotChecked.ToArray(),
            Is.EqualTo(new[]
            {
                AddressWiderThanPlatform, EncryptionBitMismatch, PageSizeNotAdvertised, TableNotPreserved,
                TableOrLeafInScratch, TopLevelMismatch,
            }));
        WalkFacts all = new()
        {
            PhysicalBits = 46,
            PageSizes = ulong.MaxValue,
            IsNestParent = false,
            Preserved = new(new PhysicalRange(0, ulong.MaxValue)),
            Scratch = new(),
            HardwareTopLevel = 3,
        };
        Assert.That(new Sound<VtdSecondStage>(3, all).Check().Summary.NotChecked.ToArray(), Is.Empty);
    }

    [Test]
    public void Every_kind_has_a_test_and_a_code_of_the_catalogue()
    {
        HashSet<string> tests =
            [.. typeof(DefectTests).GetMethods().Select(method => method.Name.Split('_')[0])];
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            int number = (int)kind;
            Assert.That(tests, Does.Contain($"{(number < 3100 ? 'E' : 'T')}{number % 100:D2}"), kind.ToString());
            Assert.That(kind.Code(), Is.EqualTo($"GO{number}"));
        }
    }

    private static Findings Expect<TFormat>(
        int topLevel, Action<Sound<TFormat>> change, params PageTableFaultKind[] kinds)
        where TFormat : struct, IPageTableFormat => Expect(topLevel, change, WalkFacts.Unknown, kinds);

    private static Findings Expect<TFormat>(
        int topLevel, Action<Sound<TFormat>> change, WalkFacts facts, params PageTableFaultKind[] kinds)
        where TFormat : struct, IPageTableFormat
    {
        Sound<TFormat> table = new(topLevel, facts);
        change(table);
        Findings found = table.Check();
        Assert.That(found.Kinds, Is.EqualTo(kinds), $"{TFormat.Description.Name} {TFormat.Description.Granule}");
        return found;
    }

    private static PageTableFault One<TFormat>(int topLevel, Action<Sound<TFormat>> change)
        where TFormat : struct, IPageTableFormat
    {
        Sound<TFormat> table = new(topLevel);
        change(table);
        return table.Check().Faults.Single();
    }

    // A bit of the address that the platform does not have: of a leaf, of a group's every item, of a table.
    private sealed class AddressBit(WalkFacts facts) : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            const int Bit = 45;
            ulong bit = 1UL << (Bit - TFormat.AddressShift);
            Expect<TFormat>(
                topLevel, table => table.Word(Sound<TFormat>.Far, 0) |= bit, facts, AddressWiderThanPlatform);
            Expect<TFormat>(
                topLevel, table => table.Word(Sound<TFormat>.Large, 1) |= bit,
                facts, AddressWiderThanPlatform);
            Expect<TFormat>(
                topLevel, table => table.Word(Sound<TFormat>.Far, 1) |= bit, facts, AddressWiderThanPlatform);
            Expect<TFormat>(topLevel, table => table.Word(Sound<TFormat>.Far, 0) |= bit);
        }
    }

    private sealed class Ghost : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            ulong present = typeof(TFormat) == typeof(VtdSecondStage) ? 3UL : 1UL;
            Findings found = Expect<TFormat>(
                topLevel, table => table.Word(Sound<TFormat>.Pages, 0) &= ~present, GhostEntry);
            Assert.That(found.Faults.Single().Severity, Is.EqualTo(FaultSeverity.Warning));
            Assert.That(found.Leaves.Any(leaf => leaf.Iova == Sound<TFormat>.Pages), Is.False);
            Expect<TFormat>(topLevel, table => table.Word(Sound<TFormat>.Large, 1) &= ~present, GhostEntry);
        }
    }

    private sealed class SmallSizesOnly : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            ulong sizes = ulong.MaxValue & ~Sound<TFormat>.Span;
            Findings found = Expect<TFormat>(
                topLevel, table => table.Facts = table.Facts with { PageSizes = sizes },
                PageSizeNotAdvertised);
            Assert.That(found.Faults.Single().Iova, Is.EqualTo(Sound<TFormat>.Large));
        }
    }
}
