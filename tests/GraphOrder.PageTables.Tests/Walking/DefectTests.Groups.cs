using static GraphOrder.PageTables.PageTableFaultKind;

namespace GraphOrder.PageTables.Tests;

/// <content>Sizes, groups and levels of AMD v1, RISC-V NAPOT and Arm's contiguous bit.</content>
public sealed partial class DefectTests
{
    private const ulong AmdGroup = 12UL << 21;
    private const ulong NapotGroup = 12UL << 21;

    [Test]
    public void E14_amd_default_512G()
    {
        Findings found = Expect<AmdV1>(
            3,
            table => table.Word(5UL << 39, 3) =
                AmdV1.Leaf(0, 0, 12, PageAccess.ReadWrite, default) | (1UL << 40),
            AmdDefault512G);
        Assert.That(found.Leaves.Single(leaf => leaf.Level == 3).SizeLg2, Is.EqualTo(39));
    }

    [TestCase(0, 21)]
    [TestCase(0, 30)]
    [TestCase(1, 14)]
    [TestCase(1, 30)]
    [TestCase(2, 40)]
    public void E15_amd_size_code_out_of_range(int level, int size)
    {
        ulong far = Sound<AmdV1>.Far;
        ulong[] free = [far + 0x5000, far + 3 * Sound<AmdV1>.Span, 3 * far];
        Sound<AmdV1> table = new(3);
        table.Word(free[level], level) = AmdV1.Leaf(1UL << 41, 0, size, PageAccess.ReadWrite, default);

        PageTableFault fault = table.Check().Faults.Single();

        Assert.That(
            (fault.Kind, fault.Hardware, fault.Kernel, fault.Level),
            Is.EqualTo((AmdSizeCodeOutOfRange, EntryKind.Refused, EntryKind.Leaf, level)));
    }

    [Test]
    public void E15_a_size_code_of_the_natural_size_is_a_leaf_that_Linux_never_writes()
    {
        Findings found = Expect<AmdV1>(
            3,
            table => table.Word(Sound<AmdV1>.Far + 3 * Sound<AmdV1>.Span, 1) =
                AmdV1.Leaf(1UL << 41, 0, 21, PageAccess.ReadWrite, default),
            AmdSizeCodeOutOfRange);
        Assert.That(
            found.Leaves.Count(leaf => leaf.Physical == 1UL << 41 && leaf.SizeLg2 == 21), Is.EqualTo(1));
    }

    [Test]
    public void E16_amd_replica_mismatch([Range(0, 15)] int item)
    {
        // Each single entry of the group in turn: emptied, at another address, of another size.
        ulong at = AmdGroup + (ulong)item * 4096;
        foreach (Func<ulong, ulong> change in (Func<ulong, ulong>[])[
            _ => 0, word => word ^ (1UL << 40), word => word & ~(1UL << 61),
            _ => AmdV1.Leaf(Sound<AmdV1>.Memory, 0, 12, PageAccess.ReadWrite, default)])
        {
            Findings found = Expect<AmdV1>(
                3, table => table.Word(at, 0) = change(table.Word(at, 0)), AmdReplicaMismatch);
            PageTableFault fault = found.Faults[0];
            Assert.That(found.Faults, Has.Count.EqualTo(1));
            Assert.That(
                found.Leaves.Count(leaf => leaf.Iova >= AmdGroup && leaf.Iova < AmdGroup + 65536),
                Is.AtLeast(15));

            // The first item is compared with, so its second shows that it differs.
            bool isClaim = item == 0 && (fault.Entry & 0xE00) != 0 && fault.Index == 1;
            Assert.That(fault.Iova, Is.EqualTo(isClaim ? at + 4096 : at));
        }
    }

    [Test]
    public void E16_the_other_items_still_map_what_each_of_them_says()
    {
        Findings found = Expect<AmdV1>(3, table => table.Word(AmdGroup + 0x5000, 0) = 0, AmdReplicaMismatch);

        ulong memory = Sound<AmdV1>.Memory + 6 * Sound<AmdV1>.Span;
        Assert.That(
            found.Runs.Where(run => run.Iova >= AmdGroup && run.Iova < AmdGroup + 65536),
            Is.EqualTo(new LeafRun[]
            {
                new(AmdGroup, memory, 0x5000, PageAccess.ReadWrite),
                new(AmdGroup + 0x6000, memory + 0x6000, 0xA000, PageAccess.ReadWrite),
            }));
    }

    [Test]
    public void E17_group_misaligned()
    {
        Expect<AmdV1>(
            3,
            table =>
            {
                ulong word = table.Word(AmdGroup, 0);
                for (ulong i = 0; i < 18; i++)
                {
                    table.Word(AmdGroup + i * 4096, 0) = i < 2 ? 0 : word;
                }
            },
            GroupMisaligned);
        Expect<RiscV<Sv48>>(
            3,
            table =>
            {
                ulong word = table.Word(NapotGroup, 0);
                for (ulong i = 0; i < 20; i++)
                {
                    table.Word(NapotGroup + i * 4096, 0) = i < 4 ? 0 : word;
                }
            },
            GroupMisaligned);
    }

    [Test]
    public void E18_napot_replica_mismatch([Values(0, 1, 7, 15)] int item)
    {
        ulong at = NapotGroup + (ulong)item * 4096;
        Expect<RiscV<Sv39>>(2, table => table.Word(at, 0) = 0, NapotReplicaMismatch);
        Expect<RiscV<Sv39>>(2, table => table.Word(at, 0) ^= 1UL << 30, NapotReplicaMismatch);
        Expect<RiscV<Sv39>>(2, table => table.Word(at, 0) ^= 0xC0);
    }

    [Test]
    public void E19_contiguous_bit_inconsistent() => EveryRoot.Run(new ContiguousGroups());

    [Test]
    public void E20_next_level_mismatch()
    {
        for (int level = 1; level <= 3; level++)
        {
            for (ulong next = 1; next <= 6; next++)
            {
                if (next == (ulong)level)
                {
                    continue;
                }

                int above = level;
                ulong wrong = next;
                PageTableFault fault = One<AmdV1>(3, table =>
                {
                    ref ulong word = ref table.Word(above == 3 ? 0 : Sound<AmdV1>.Far, above);
                    word = (word & ~0xE00UL) | (wrong << 9);
                });
                Assert.That(
                    (fault.Kind, fault.Hardware, fault.Kernel, fault.IsReadTwoWays),
                    Is.EqualTo((NextLevelMismatch, EntryKind.TableElsewhere, EntryKind.Table, true)));
            }
        }
    }

    [Test]
    public void E21_non_canonical_or_beyond_width()
    {
        Expect<X86FirstStage>(
            3, table => table.Builder.Arena.Word(table.Builder.Top + 256 * 8) = table.Word(0, 3) & ~2UL,
            new WalkFacts { InputBits = 47 }, NonCanonicalOrBeyondWidth);
        Expect<AmdV1>(
            5, table => table.Builder.Arena.Word(table.Builder.Top + 128 * 8) = table.Word(0, 5),
            NonCanonicalOrBeyondWidth);
        Expect<VtdSecondStage>(
            3, table => table.Builder.Arena.Word(table.Builder.Top + 4 * 8) = table.Word(0, 3),
            new WalkFacts { InputBits = 40 },
            NonCanonicalOrBeyondWidth);

        // A width in the middle of a table of level 2.
        Expect<VtdSecondStage>(
            3, table => table.Builder.Arena.Word(table.Table(0, 2) + 16 * 8) = table.Word(0, 2),
            new WalkFacts { InputBits = 33 },
            NonCanonicalOrBeyondWidth);
    }

    private sealed class ContiguousGroups : ISoundTest
    {
        private const ulong Contiguous = 1UL << 52;

        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            if (TFormat.Groups != GroupKind.OwnAddress)
            {
                return;
            }

            int count = TFormat.GranuleLg2 switch { 12 => 16, 14 => 128, _ => 32 };
            ulong size = Sound<TFormat>.Granule;
            ulong first = Sound<TFormat>.Far + (ulong)count * size;

            // A whole group is sound; so is one with holes, and one whose hardware bits differ.
            Findings whole = Expect<TFormat>(topLevel, table => Fill(table));
            Assert.That(whole.Leaves.Count(leaf => leaf.Iova >= first), Is.EqualTo(count));
            Assert.That(whole.Runs.Count(run => run.Iova >= first), Is.EqualTo(1));
            Expect<TFormat>(topLevel, table => Fill(table)(3) = 0);
            Expect<TFormat>(topLevel, table => Fill(table)(3) ^= 1 << 10);

            ulong page = (ulong)Sound<TFormat>.Granule;
            foreach (int item in (int[])[0, 5, count - 1])
            {
                Assert.That(
                    Broken(item, table => Fill(table)(item) &= ~Contiguous).Index,
                    Is.EqualTo(count + (item == 0 ? 0 : item)));
                Broken(item, table => Fill(table)(item) ^= page << 4);
                Broken(item, table => Fill(table)(item) ^= 0x80);
            }

            // The bit on a page that stands alone among others of its group.
            Broken(0, table => table.Word(Sound<TFormat>.Pages + Sound<TFormat>.Granule, 0) |= Contiguous);

            Item Fill(Sound<TFormat> table)
            {
                ulong word = table.Word(Sound<TFormat>.Far, 0);
                for (int i = 0; i < count; i++)
                {
                    table.Word(first + (ulong)i * size, 0) = (word + (ulong)(count + i) * size) | Contiguous;
                }

                return i => ref table.Word(first + (ulong)i * size, 0);
            }

            PageTableFault Broken(int item, Action<Sound<TFormat>> change)
            {
                Sound<TFormat> table = new(topLevel);
                change(table);
                Findings found = table.Check();
                Assert.That(
                    found.Defects, Is.EqualTo(new[] { ContiguousBitInconsistent }), $"{TFormat.Description} {item}");
                Assert.That(found.Faults, Has.Count.EqualTo(1));
                return found.Faults[0];
            }
        }

        private delegate ref ulong Item(int index);
    }
}
