namespace GraphOrder.PageTables.Tests;

/// <summary>
/// What every scanner must give, variant by variant: the bits of a definition written another way. A new
/// variant is one more fixture.
/// </summary>
[TestFixture(typeof(ScalarScanner))]
[TestFixture(typeof(Vector128Scanner))]
[TestFixture(typeof(Vector256Scanner))]
[TestFixture(typeof(Vector512Scanner))]
internal sealed class TableScannerTests<TScanner> where TScanner : struct, ITableScanner
{
    private static readonly ulong[] Masks = [ulong.MaxValue, ~0x300UL, ~0x60UL, ~0x400UL];

    [Test]
    public void Bits_are_those_of_the_definition(
        [Values(8, 64, 512, 2048, 8192)] int count, [Range(0, 20)] int seed)
    {
        TestRandom random = new((ulong)(seed * 10_000 + count));
        ulong keep = Masks[random.Next(Masks.Length)];
        ulong step = 1UL << (10 + random.Next(20));
        ulong[] table = Words(random, count, step);
        ulong[] breaks = new ulong[(count + 63) / 64];
        Array.Fill(breaks, random.Next());

        TScanner.Scan(table, random.Next(2) == 0 ? [] : new ulong[count], keep, step, breaks);

        for (int i = 0; i < breaks.Length * 64; i++)
        {
            bool isBreak = i < count && (i == 0 || !GoesOn(table[i - 1], table[i], keep, step));
            Assert.That(((breaks[i / 64] >> (i % 64)) & 1) == 1, Is.EqualTo(isBreak), $"seed {seed}, word {i}");
        }
    }

    [Test]
    public void A_run_of_all_words_is_told_and_one_change_is_seen_wherever_it_is(
        [Values(8, 64, 512, 2048)] int count, [Range(0, 5)] int seed)
    {
        TestRandom random = new((ulong)(seed * 10_000 + count));
        ulong keep = Masks[random.Next(Masks.Length)];
        ulong step = 1UL << (10 + random.Next(20));
        ulong first = seed == 0 ? unchecked(0 - step) : random.Next() | 1;
        ulong[] table = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            table[i] = unchecked((first & keep) + (ulong)i * step) ^ (random.Next() & ~keep);
        }

        Assert.That(TScanner.IsOneRun(table, table, keep, step), Is.True);
        for (int i = 0; i < count; i++)
        {
            ulong word = table[i];
            int bit = random.Next(64);
            table[i] ^= 1UL << bit;
            bool isSame = i == 0 ? word != 0 && ((keep >> bit) & 1) == 0 : ((keep >> bit) & 1) == 0;
            Assert.That(TScanner.IsOneRun(table, [], keep, step), Is.EqualTo(isSame), $"word {i}, bit {bit}");
            table[i] = word;
        }

        Assert.That(TScanner.IsOneRun(new ulong[count], [], keep, 0), Is.False, "nothing is no run");
    }

    [Test]
    public void The_spread_is_that_of_the_kept_bits(
        [Values(8, 64, 512, 2048)] int count, [Range(0, 5)] int seed)
    {
        TestRandom random = new((ulong)(seed * 10_000 + count));
        ulong keep = Masks[random.Next(Masks.Length)];
        ulong[] table = Words(random, count, 1UL << 12);
        ulong[] kept = [.. table.Select(word => word & keep)];

        Assert.That(TScanner.SpreadOf(table, table, keep), Is.EqualTo(new WordSpread(
            kept.Min(), kept.Max(), kept.Aggregate(0UL, (bits, word) => bits | (word ^ kept[0])))));
    }

    [Test]
    public void Recorded_frames_are_told_and_one_change_of_word_or_record_is_seen_wherever_it_is(
        [Values(8, 64, 512, 2048)] int count, [Values(10, 12)] int shift, [Range(0, 2)] int seed)
    {
        TestRandom random = new((ulong)(seed * 10_000 + count));
        RecordRule rule = new(~0x300UL, 0x8000_0000_0000_0003, shift);
        ulong firstIndex = seed == 0 ? 0 : random.Next();
        ulong[] table = new ulong[count];
        ulong[] records = new ulong[2 * count];
        ulong[] frames = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            frames[i] = random.Next() & ((1UL << 36) - 1);
            table[i] = (frames[i] << shift) | rule.Others | (random.Next() & 0x300);
            records[2 * i] = frames[i] | (random.Next() << 52);
            records[(2 * i) + 1] = unchecked(firstIndex + (ulong)i);
        }

        Assert.That(
            TScanner.IsAsRecorded(table, [], records, rule, firstIndex, out WordSpread spread), Is.True);
        Assert.That(spread, Is.EqualTo(new WordSpread(frames.Min(), frames.Max(), 0)));
        for (int i = 0; i < count; i++)
        {
            int bit = random.Next(64);
            table[i] ^= 1UL << bit;
            Assert.That(
                TScanner.IsAsRecorded(table, table, records, rule, firstIndex, out _),
                Is.EqualTo(((rule.Keep >> bit) & 1) == 0), $"word {i}, bit {bit}");
            table[i] ^= 1UL << bit;
            records[2 * i] ^= 1UL << bit;
            bool isOther = bit + shift == 63;
            Assert.That(
                TScanner.IsAsRecorded(table, [], records, rule, firstIndex, out spread),
                Is.EqualTo(bit >= 52 || isOther), $"record {i}, bit {bit}");
            Assert.That(spread.Max >> 51, Is.EqualTo(bit == 51 ? 1 : 0), "what tells a frame that is too wide");
            records[2 * i] ^= 1UL << bit;
            records[(2 * i) + 1] ^= 1UL << bit;
            Assert.That(TScanner.IsAsRecorded(table, [], records, rule, firstIndex, out _), Is.False);
            records[(2 * i) + 1] ^= 1UL << bit;
        }
    }

    [Test]
    public void The_next_break_is_found_from_every_place()
    {
        TestRandom random = new(7);
        for (int round = 0; round < 200; round++)
        {
            int count = 1 + random.Next(200);
            ulong[] breaks = new ulong[(count + 63) / 64];
            for (int bits = random.Next(6); bits > 0; bits--)
            {
                int bit = random.Next(count);
                breaks[bit / 64] |= 1UL << (bit % 64);
            }

            for (int index = 0; index < count; index++)
            {
                int next = index + 1;
                while (next < count && ((breaks[next / 64] >> (next % 64)) & 1) == 0)
                {
                    next++;
                }

                Assert.That(ScanBits.Next(breaks, index, count), Is.EqualTo(next));
            }
        }
    }

    private static bool GoesOn(ulong previous, ulong word, ulong keep, ulong step) => previous == 0
        ? word == 0
        : ((UInt128)(previous & keep) + step) % (UInt128.One << 64) == (word & keep);

    // Runs of some length, holes, hardware bits here and there, words at the edges of 64 bits.
    private static ulong[] Words(TestRandom random, int count, ulong step)
    {
        ulong[] table = new ulong[count];
        ulong word = random.Next();
        for (int i = 0; i < count; i++)
        {
            word = random.Next(40) switch
            {
                0 => 0,
                1 => random.Next(),
                2 => ulong.MaxValue - (ulong)random.Next(2) * step,
                3 => (ulong)random.Next(4) << 8,
                _ => word == 0 ? 0 : unchecked(word + step),
            };
            table[i] = word == 0 ? 0 : word ^ (random.Next(9) == 0 ? 0x360UL & random.Next() : 0);
        }

        return table;
    }
}
