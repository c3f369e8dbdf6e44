namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class RangeTests
{
    [Test]
    public void A_closed_range_can_be_the_whole_space()
    {
        IovaRange all = new(0, ulong.MaxValue);

        Assert.That(all.Bytes, Is.EqualTo(UInt128.One << 64));
        Assert.That(all.Contains(ulong.MaxValue), Is.True);
        Assert.That(() => IovaRange.Of(ulong.MaxValue, 2), Throws.InstanceOf<OverflowException>());
        Assert.That(
            IovaRange.Of(ulong.MaxValue, 1), Is.EqualTo(new IovaRange(ulong.MaxValue, ulong.MaxValue)));
    }

    [Test]
    public void A_set_agrees_with_a_bitmap_of_its_bytes([Range(0, 40)] int seed)
    {
        TestRandom random = new((ulong)seed);
        const int Width = 48;
        bool[] bits = new bool[Width];
        PhysicalRange[] ranges = new PhysicalRange[random.Next(6)];
        for (int i = 0; i < ranges.Length; i++)
        {
            int first = random.Next(Width);
            int last = first + random.Next(Width - first);
            ranges[i] = new((ulong)first, (ulong)last);
            bits.AsSpan(first, last - first + 1).Fill(true);
        }

        PhysicalRangeSet set = new(ranges);

        for (int first = 0; first < Width; first++)
        {
            for (int last = first; last < Width; last++)
            {
                Span<bool> asked = bits.AsSpan(first, last - first + 1);
                PhysicalRange range = new((ulong)first, (ulong)last);
                bool overlaps = set.TryFindOverlap(range, out ulong at);
                Assert.That(set.Covers(range), Is.EqualTo(!asked.Contains(false)), $"{range}");
                Assert.That(overlaps, Is.EqualTo(asked.Contains(true)), $"{range}");
                Assert.That(overlaps ? (int)at : first + asked.IndexOf(true) + 1, Is.EqualTo(
                    overlaps ? first + asked.IndexOf(true) : first), $"{range}");
            }
        }
    }

    [TestCase("00:04.0", 0, 0x20)]
    [TestCase("0000:00:04.0", 0, 0x20)]
    [TestCase("0001:ff:1f.7", 1, 0xFFFF)]
    public void A_device_is_read(string text, int segment, int requester)
    {
        Assert.That(DeviceAddress.TryParse(text, out DeviceAddress device), Is.True);
        Assert.That(((int)device.Segment, device.RequesterId), Is.EqualTo((segment, requester)));
        Assert.That(device.ToString(), Does.EndWith(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("00:20.0")]
    [TestCase("00:04.8")]
    [TestCase("00:04")]
    [TestCase("000:04.0")]
    [TestCase("x:00:04.0")]
    [TestCase(" 0:04.0")]
    public void What_is_no_device_is_not_read(string? text) =>
        Assert.That(DeviceAddress.TryParse(text, out _), Is.False);
}
