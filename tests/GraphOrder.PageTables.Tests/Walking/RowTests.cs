namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Words that go on from one another are told as one row only where all of them are what the first is. Each
/// case is walked word by word too, and both must agree.
/// </summary>
[TestFixture]
public sealed class RowTests
{
    [Test]
    public void Words_that_carry_out_of_their_address_are_read_one_by_one() => EveryRoot.Run(new Carries());

    [Test]
    public void Leaves_that_cross_the_width_of_the_platform_are_told_apart() =>
        EveryRoot.Run(new CrossesWidth());

    [Test]
    public void A_sound_table_is_one_row_and_its_runs_are_joined()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 4096 });
        Assert.That(builder.TryMap(0, 1UL << 40, 1UL << 30, PageAccess.ReadWrite), Is.True);
        RowSink sink = new();

        PageTableWalker.Walk<VtdSecondStage, ArenaMemory, RowSink>(
            builder.Top, 3, builder.Arena.Memory, ref sink, WalkLimits.Default, CancellationToken.None);

        Assert.That((sink.Rows, sink.Runs), Is.EqualTo((512, 1)));
    }

    [Test]
    public void Encrypted_leaves_that_reach_the_encryption_bit_are_told_apart()
    {
        WalkFacts facts = new() { EncryptionBit = 40 };
        PageTableBuilder<AmdV1> builder = new(3, new() { Facts = facts, LeafSizes = 4096 });
        Assert.That(builder.TryMap(0, (1UL << 40) - 0x4000, 0x4000, PageAccess.ReadWrite), Is.True);
        ulong last = builder.Arena.Word(builder.WordAddress(0x3000, 0));
        builder.Arena.Word(builder.WordAddress(0x4000, 0)) = last + 0x1000;

        Findings found = Findings.Of(builder, facts);

        Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.EncryptionBitMismatch }));
        Assert.That(found.Faults.Single().Index, Is.EqualTo(4));
    }

    [Test]
    public void Device_memory_in_the_middle_of_a_run_is_told_apart()
    {
        PhysicalRangeSet device = new(PhysicalRange.Of((1UL << 40) + 0x3000, 0x2000));
        WalkFacts facts = new() { EncryptionBit = 47, Mmio = device };
        PageTableBuilder<X86FirstStage> builder = new(3, new() { Facts = facts, LeafSizes = 4096 });
        Assert.That(builder.TryMap(0, 1UL << 40, 0x10000, PageAccess.ReadWrite), Is.True);

        Findings found = Findings.Of(builder, facts);

        Assert.That(found.Faults.Select(fault => (fault.Kind, fault.Index)), Is.EqualTo(new[]
        {
            (PageTableFaultKind.EncryptionBitMismatch, 3), (PageTableFaultKind.EncryptionBitMismatch, 4),
        }));
    }

    [Test]
    public void A_large_leaf_is_not_taken_for_one_that_differs_in_a_flag_that_matters()
    {
        const ulong Large = 1 << 21;
        const ulong Dirty = 1 << 6;
        PageTableBuilder<X86FirstStage> builder = new(3);
        Assert.That(builder.TryMap(0, 1UL << 40, 8 * Large, PageAccess.ReadWrite), Is.True);
        builder.Arena.Word(builder.WordAddress(5 * Large, 1)) ^= Dirty;

        Findings found = Findings.Of(builder, new() { UpdatesDirty = false });

        Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.DirtyNotPreset }));
        Assert.That(found.Faults.Single().Iova, Is.EqualTo(5 * Large));
        Assert.That(Findings.Of(builder, new() { UpdatesDirty = true }).Faults, Is.Empty);
    }

    private struct RowSink : ILeafSink
    {
        public int Rows { get; private set; }

        public int Runs { get; private set; }

        public void OnRow(in LeafRow row) => Rows++;

        public void OnRun(in LeafRun run) => Runs++;

        public void OnRuns(in LeafRuns runs) => runs.Tell(ref this);

        public readonly void OnFault(in PageTableFault fault)
        {
        }
    }

    // From just below the top of the address field on: leaves and tables, at each level. What is checked is
    // that both walks find the same.
    private sealed class Carries : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            foreach (int width in (int[])(Effort.IsShort ? [48, 56] : [40, 47, 48, 51, 52, 56]))
            {
                foreach (int level in (int[])[0, 1, 2])
                {
                    Sound<TFormat> table = new(topLevel);
                    int item = Levels.ItemLg2<TFormat>(level);
                    ulong step = 1UL << (item - TFormat.AddressShift);
                    ulong top = unchecked((1UL << (width - TFormat.AddressShift)) - 20 * step);
                    ulong leaf = TFormat.Leaf(0, level, item, PageAccess.Read, default);
                    ulong pointer = level == 0 ? leaf : TFormat.Table(0, level, default);
                    Fill(table, level, unchecked(leaf + top), step);
                    table.Facts = new() { PhysicalBits = width == 56 ? null : width };
                    table.Check();
                    table.Facts = WalkFacts.Unknown;
                    Assert.That(table.Check().Leaves, Is.Not.Empty);
                    Fill(table, level, unchecked(pointer + top), step);
                    table.Check();
                    table.Facts = new() { PhysicalBits = 46 };
                    table.Check();
                }
            }
        }

        private static void Fill<TFormat>(Sound<TFormat> table, int level, ulong word, ulong step)
            where TFormat : struct, IPageTableFormat
        {
            int items = level == 2 && TFormat.HasExactRoot ? 8 : 60;
            ulong first = table.Builder.WordAddress(Sound<TFormat>.Far, level) & ~0xFFFUL;
            for (int i = level == 2 ? 4 : 0; i < items; i++)
            {
                table.Builder.Arena.Word(first + (ulong)i * 8) = unchecked(word + (ulong)i * step);
            }
        }
    }

    private sealed class CrossesWidth : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat
        {
            const int Width = 40;
            WalkFacts facts = new() { PhysicalBits = Width };
            ulong page = Sound<TFormat>.Granule;
            PageTableBuilder<TFormat> builder = new(topLevel, new() { LeafSizes = page });
            ulong first = (1UL << Width) - 3 * page;
            Assert.That(builder.TryMap(0, first, 8 * page, PageAccess.ReadWrite), Is.True);

            Findings found = Findings.Of(builder, facts);

            Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.AddressWiderThanPlatform }));
            Assert.That(found.Faults.Select(fault => fault.Index), Is.EqualTo(new[] { 3, 4, 5, 6, 7 }));
            Assert.That(Findings.Of(builder).Faults, Is.Empty);
        }
    }
}
