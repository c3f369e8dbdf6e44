using System.Numerics;

namespace GraphOrder.PageTables.Tests;

/// <summary>
/// The cases of the kernel's generic_pt tests (drivers/iommu/generic_pt/kunit_*.h), said again for a builder
/// and a walk, in every format and start level, and walk(map(x)) = x.
/// </summary>
[TestFixture(typeof(VtdSecondStage), 2, 0)]
[TestFixture(typeof(VtdSecondStage), 3, 0)]
[TestFixture(typeof(VtdSecondStage), 4, 0)]
[TestFixture(typeof(X86FirstStage), 3, 0)]
[TestFixture(typeof(X86FirstStage), 4, 0)]
[TestFixture(typeof(X86FirstStage), 3, 47)]
[TestFixture(typeof(X86FirstStage), 4, 56)]
[TestFixture(typeof(AmdV1), 2, 0)]
[TestFixture(typeof(AmdV1), 2, 32)]
[TestFixture(typeof(AmdV1), 3, 0)]
[TestFixture(typeof(AmdV1), 5, 0)]
[TestFixture(typeof(ArmLpae<Stage1, Granule4K>), 2, 0)]
[TestFixture(typeof(ArmLpae<Stage1, Granule4K>), 3, 48)]
[TestFixture(typeof(ArmLpae<Stage1, Granule16K>), 2, 0)]
[TestFixture(typeof(ArmLpae<Stage1, Granule16K>), 3, 48)]
[TestFixture(typeof(ArmLpae<Stage1, Granule64K>), 2, 48)]
[TestFixture(typeof(ArmLpae<Stage2, Granule4K>), 2, 42)]
[TestFixture(typeof(ArmLpae<Stage2, Granule16K>), 2, 40)]
[TestFixture(typeof(ArmLpae<Stage2, Granule64K>), 1, 42)]
[TestFixture(typeof(RiscV<Sv39>), 2, 0)]
[TestFixture(typeof(RiscV<Sv48>), 3, 0)]
[TestFixture(typeof(RiscV<Sv57>), 4, 0)]
public sealed class FormatTests<TFormat>(int topLevel, int inputBits) where TFormat : struct, IPageTableFormat
{
    private const PageAccess ReadWrite = PageAccess.ReadWrite;

    private static readonly ulong Granule = 1UL << TFormat.GranuleLg2;

    private readonly WalkFacts _facts = new() { InputBits = inputBits == 0 ? null : inputBits };

    private WalkRules<TFormat> Rules => new(topLevel, _facts);

    [Test]
    public void Index_bits_of_the_levels_tile_the_input_address()
    {
        int bits = TFormat.GranuleLg2;
        for (int level = 0; level < topLevel; level++)
        {
            Assert.That(Levels.ItemLg2<TFormat>(level), Is.EqualTo(bits));
            bits += BitOperations.Log2((uint)(Granule / 8));
        }

        Assert.That(Levels.ItemLg2<TFormat>(topLevel), Is.EqualTo(bits));
        Assert.That(1UL << Math.Max(0, Rules.InputBits - bits), Is.EqualTo((ulong)Rules.ReachableRootItems));
        Assert.That(Rules.InputBits, Is.LessThanOrEqualTo(64));
    }

    [Test]
    public void Sizes_of_a_level_lie_inside_a_table_and_include_the_natural_one()
    {
        ulong all = 0;
        for (int level = 0; level <= TFormat.TopLevelMax; level++)
        {
            ulong sizes = TFormat.LeafSizes(level);
            int item = Levels.ItemLg2<TFormat>(level);
            Assert.That(all & sizes, Is.Zero, "a size belongs to one level");
            all |= sizes;
            if (level > TFormat.LeafLevelMax)
            {
                Assert.That(sizes, Is.Zero);
                continue;
            }

            Assert.That(BitOperations.TrailingZeroCount(sizes), Is.GreaterThanOrEqualTo(item));
            Assert.That(BitOperations.Log2(sizes), Is.LessThan(item + Levels.IndexBits<TFormat>()));
            bool isBroken = typeof(TFormat) == typeof(AmdV1) && level == 3;
            Assert.That((sizes >> item) & 1, Is.EqualTo(isBroken ? 0 : 1));
        }
    }

    [Test]
    public void A_table_pointer_is_read_back()
    {
        for (int level = 1; level <= topLevel; level++)
        {
            foreach (ulong address in Addresses(TFormat.GranuleLg2))
            {
                EntryReading reading = TFormat.Read(TFormat.Table(address, level, default), level, default);
                Assert.That(reading.Kind, Is.EqualTo(EntryKind.Table), $"level {level}");
                Assert.That(reading.Physical, Is.EqualTo(address));
                Assert.That(reading.KernelKind, Is.EqualTo(EntryKind.Table));
                Assert.That(reading.Access, Is.EqualTo(reading.Access | ReadWrite), "it takes nothing away");
                Assert.That(reading.Errors | reading.Warnings, Is.EqualTo(EntryFaults.None));
            }
        }
    }

    [Test]
    public void A_leaf_of_each_size_and_access_is_read_back_and_written_the_same()
    {
        foreach ((int level, int size) in Sizes())
        {
            foreach (ulong address in Addresses(size))
            {
                PageAccess[] accesses = [PageAccess.Read, PageAccess.Write, ReadWrite, PageAccess.All];
                foreach (PageAccess access in accesses)
                {
                    ulong word = TFormat.Leaf(address, level, size, access, default);
                    EntryReading reading = TFormat.Read(word, level, default);
                    Assert.That(reading.Kind, Is.EqualTo(EntryKind.Leaf));
                    Assert.That(reading.Physical, Is.EqualTo(address), $"2^{size}");
                    Assert.That(reading.SizeLg2, Is.EqualTo(size));
                    Assert.That(reading.GroupLg2, Is.EqualTo(size - Levels.ItemLg2<TFormat>(level)));
                    Assert.That(reading.Access, Is.EqualTo(FormatCases.Expressed<TFormat>(access)));
                    Assert.That(reading.Errors | reading.Warnings, Is.EqualTo(EntryFaults.None));
                    Assert.That(
                        TFormat.Leaf(reading.Physical, level, size, reading.Access, default),
                        Is.EqualTo(word));
                }
            }
        }
    }

    [Test]
    public void Software_bits_change_neither_access_nor_address()
    {
        ulong software = TFormat.Description.Name switch
        {
            "vtd-second-stage" => 0x3FF0_0000_0000_0400,
            "x86-64" => 0x7FF0_0000_0000_0A00,
            "amd-v1" => 0x8000_0000_0000_019E,
            "riscv-sv39" or "riscv-sv48" or "riscv-sv57" => 0x300,
            _ => 0x0780_0000_0000_0000,
        };
        foreach ((int level, int size) in Sizes())
        {
            ulong word = TFormat.Leaf(1UL << size, level, size, PageAccess.Read, default);
            for (ulong rest = software; rest != 0; rest &= rest - 1)
            {
                ulong bit = rest & ~(rest - 1);
                Assert.That(
                    TFormat.Read(word | bit, level, default), Is.EqualTo(TFormat.Read(word, level, default)), $"bit {bit:x}");
            }
        }
    }

    [Test]
    public void Hardware_may_set_its_bits_on_any_item_of_a_group()
    {
        foreach ((int level, int size) in Sizes().Where(found =>
            found.Size > Levels.ItemLg2<TFormat>(found.Level) && found.Size < Rules.InputBits))
        {
            PageTableBuilder<TFormat> builder = Builder(1UL << size);
            ulong iova = 1UL << size;
            Assert.That(builder.TryMap(iova, 1UL << size, 1UL << size, ReadWrite), Is.True);
            int items = 1 << (size - Levels.ItemLg2<TFormat>(level));
            builder.Arena.Word(
                builder.WordAddress(iova, level) + (ulong)(items - 1) * 8) ^= TFormat.HardwareBits(level);

            Findings found = Findings.Of(builder, _facts);

            Assert.That(found.Leaves, Has.Count.EqualTo(1));
            Assert.That(found.Faults, Is.Empty);
        }
    }

    [Test]
    public void One_leaf_of_every_size_is_found_and_taken_away()
    {
        PageTableBuilder<TFormat> builder = Builder();
        foreach ((int _, int size) in Sizes().Where(found => found.Size < Rules.InputBits))
        {
            // Never where the tables lie.
            ulong bytes = 1UL << size;
            ulong to = size < 40 ? 2 * bytes : bytes;
            Assert.That(builder.TryMap(bytes, to, bytes, ReadWrite), Is.True, $"2^{size}");
            Findings found = Findings.Of(builder, _facts);
            Assert.That(
                found.Leaves.Select(leaf => (leaf.Iova, leaf.Physical, leaf.SizeLg2)),
                Is.EqualTo(new[] { (bytes, to, size) }));
            Assert.That(found.Defects, Is.Empty);
            Assert.That(builder.TryTranslate(bytes + (bytes - 1), out ulong physical), Is.True);
            Assert.That(physical, Is.EqualTo(to + (bytes - 1)));
            Assert.That(builder.TryTranslate(bytes - 1, out _), Is.False);
            Assert.That(builder.Unmap(bytes, bytes), Is.EqualTo(bytes));
            Assert.That(Findings.Of(builder, _facts).Leaves, Is.Empty);
        }
    }

    [Test]
    public void A_large_leaf_takes_the_place_of_empty_tables()
    {
        foreach ((int level, int size) in Sizes().Where(found => found.Level > 0 && found.Level < topLevel))
        {
            foreach ((int smaller, int small) in Sizes().Where(found => found.Level == level - 1))
            {
                ulong block = 1UL << Levels.ItemLg2<TFormat>(level + 1);
                PageTableBuilder<TFormat> builder = Builder(1UL << small);
                ulong bytes = 1UL << size;
                if (size - small > 11)
                {
                    continue;
                }

                Assert.That(builder.TryMap(block, block, bytes, ReadWrite), Is.True);
                Assert.That(Findings.Of(builder, _facts).Leaves, Has.Count.EqualTo((int)(bytes >> small)));
                builder.Unmap(block, bytes / 2);
                for (ulong at = bytes / 2; at < bytes; at += 1UL << small)
                {
                    builder.Unmap(block + at, 1UL << small);
                }

                Findings left = Findings.Of(builder, _facts);
                Assert.That(left.Leaves, Is.Empty);
                Assert.That(left.Summary.EmptyTables, Is.Positive, "piece by piece leaves tables behind");

                PageTableBuilder<TFormat> again = Reopen(builder, 1UL << size);
                Assert.That(again.TryMap(block, block, 1UL << size, ReadWrite), Is.True);
                Assert.That(Findings.Of(again, _facts).Leaves, Has.Count.EqualTo(1), $"2^{small} then 2^{size}");
                Assert.That(smaller, Is.EqualTo(level - 1));
            }
        }
    }

    [Test]
    public void Unmapping_the_beginning_of_a_leaf_takes_all_of_it_and_no_more()
    {
        foreach ((int _, int size) in Sizes().Where(found => found.Size + 2 < Rules.InputBits))
        {
            foreach ((int _, int small) in Sizes().Where(found => found.Size < size))
            {
                ulong bytes = 1UL << size;
                PageTableBuilder<TFormat> builder = Builder((1UL << size) | (1UL << small));
                Assert.That(builder.TryMap(bytes, bytes, bytes, ReadWrite), Is.True);
                Assert.That(builder.TryMap(2 * bytes, 4 * bytes, 1UL << small, ReadWrite), Is.True);
                Assert.That(builder.Unmap(bytes, 1UL << small), Is.EqualTo(bytes));
                Assert.That(
                    Findings.Of(builder, _facts).Leaves.Select(leaf => leaf.Iova),
                    Is.EqualTo(new[] { 2 * bytes }));
            }
        }
    }

    [Test]
    public void Random_maps_are_walked_back([Range(1, 6)] int seed)
    {
        TestRandom random = new((ulong)seed);
        PageTableBuilder<TFormat> builder = new(topLevel, new()
        {
            Facts = _facts,
            ShuffledTables = random.Next(2) * 40,
            Seed = (ulong)seed,
            LeafSizes = random.Next(3) == 0 ? Granule : ulong.MaxValue,
        });
        List<LeafRun> mapped = [];
        for (int i = 0; i < 160; i++)
        {
            LeafRun next = RandomRun(random);
            bool isFree = mapped.TrueForAll(other => next.Iova + (next.Bytes - 1) < other.Iova
                || other.Iova + (other.Bytes - 1) < next.Iova);
            Assert.That(
                builder.TryMap(next.Iova, next.Physical, next.Bytes, next.Access), Is.EqualTo(isFree));
            if (isFree)
            {
                mapped.Add(next with { Access = FormatCases.Expressed<TFormat>(next.Access) });
            }

            if (mapped.Count > 0 && random.Next(4) == 0)
            {
                LeafRun gone = mapped[random.Next(mapped.Count)];
                mapped.Remove(gone);
                Assert.That(builder.Unmap(gone.Iova, gone.Bytes), Is.EqualTo(gone.Bytes));
            }
        }

        Findings found = Findings.Of(builder, _facts);

        Assert.That(found.Runs, Is.EqualTo(FormatCases.Runs(mapped)), $"seed {seed}");
        Assert.That(found.Defects, Is.Empty);
        foreach (LeafRun run in mapped)
        {
            ulong offset = random.Next() % run.Bytes;
            Assert.That(builder.TryTranslate(run.Iova + offset, out ulong physical), Is.True);
            Assert.That(physical, Is.EqualTo(run.Physical + offset));
            builder.Unmap(run.Iova, run.Bytes);
        }

        Assert.That(Findings.Of(builder, _facts).Leaves, Is.Empty);
    }

    [Test]
    public void The_last_page_of_the_input_addresses_can_be_mapped()
    {
        PageTableBuilder<TFormat> builder = Builder();
        ulong last = Rules.Canonical(Rules.LastIova & ~(Granule - 1));

        Assert.That(builder.TryMap(last, Granule, Granule, ReadWrite), Is.True);

        Findings found = Findings.Of(builder, _facts);
        Assert.That(found.Runs, Is.EqualTo(new LeafRun[]
        {
            new(last, Granule, Granule, FormatCases.Expressed<TFormat>(ReadWrite)),
        }));
        Assert.That(found.Defects, Is.Empty);
    }

    private PageTableBuilder<TFormat> Builder(ulong sizes = ulong.MaxValue) =>
        new(topLevel, new() { Facts = _facts, LeafSizes = sizes, BaseAddress = 0x7000_0000 });

    // The same tables with other sizes: written into a builder that has made the same steps.
    private PageTableBuilder<TFormat> Reopen(PageTableBuilder<TFormat> from, ulong sizes)
    {
        PageTableBuilder<TFormat> to = Builder(sizes);
        while (to.Arena.PageCount < from.Arena.PageCount)
        {
            to.Arena.Take(1);
        }

        for (ulong at = 0; at < (ulong)from.Arena.PageCount * 4096; at += 8)
        {
            to.Arena.Word(to.Arena.BaseAddress + at) = from.Arena.Word(from.Arena.BaseAddress + at);
        }

        return to;
    }

    private LeafRun RandomRun(TestRandom random)
    {
        int bits = Rules.InputBits;
        ulong window = 1UL << (TFormat.GranuleLg2 + 12);
        ulong[] bases =
            [0, 1UL << (bits - 2), (1UL << (bits - 1)) - window, Rules.LastIova - (2 * window - 1)];
        int largest = random.Next(4) == 0 ? 11 : 4;
        ulong bytes = Granule * (1 + random.Next() % (1UL << largest));
        ulong inner = bases[random.Next(bases.Length)] + Granule * (random.Next() % (1UL << 11));
        ulong physical = random.Next(2) == 0
            ? (1UL << 36) + (inner & (window - 1))
            : (1UL << 36) + Granule * (random.Next() % (1UL << 11));
        inner = random.Next(3) == 0 ? inner & ~(512 * Granule - 1) : inner;
        inner = Math.Min(inner, Rules.LastIova - (bytes - 1));
        ulong first = Rules.Canonical(inner);
        bool crosses = Rules.Canonical(inner + (bytes - 1)) != first + (bytes - 1);
        PageAccess access = FormatCases.Access(random);
        return crosses ? new(first, physical, Granule, access) : new(first, physical, bytes, access);
    }

    private static ulong[] Addresses(int aligned)
    {
        bool isNarrow = TFormat.PhysicalBits == 52 && TFormat.GranuleLg2 == 16;
        ulong max = (1UL << (isNarrow ? 48 : TFormat.PhysicalBits)) - 1;
        ulong mask = ~((1UL << aligned) - 1);
        return [0, 0x5555_5555_5555_5555 & max & mask, 0x1234_5678_9ABC_DEF0 & max & mask, max & mask];
    }

    private IEnumerable<(int Level, int Size)> Sizes()
    {
        for (int level = 0; level <= Math.Min(topLevel, TFormat.LeafLevelMax); level++)
        {
            for (ulong sizes = TFormat.LeafSizes(level); sizes != 0; sizes &= sizes - 1)
            {
                yield return (level, BitOperations.TrailingZeroCount(sizes));
            }
        }
    }
}
