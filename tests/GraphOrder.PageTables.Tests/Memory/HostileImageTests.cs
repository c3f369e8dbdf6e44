namespace GraphOrder.PageTables.Tests;

/// <summary>Images whose bytes somebody changed: read or refused, in bounded time and memory.</summary>
[TestFixture]
public sealed class HostileImageTests
{
    // The long form, some minutes a seed: GRAPHORDER_LONG=1.
    private static int Rounds { get; } =
        Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1" ? 200_000 : 400;

    [Test]
    public void Changed_bytes_are_read_or_refused([Range(1, 3)] int seed)
    {
        TestRandom random = new((ulong)seed);
        byte[][] images =
        [
            File.ReadAllBytes(TestFiles.Fixture("vtd-48bit", "pages.bin")),
            File.ReadAllBytes(TestFiles.Fixture("amd-v1", "pages.bin")),
            ImageBytes.PageList("KHOPAGES", 0x84E000, 0x5000, 0x3000, 0x4000),
            ImageBytes.Core(0x1000, (4, 0, 64, 0), (1, 0x8000, 0x2000, 0x1000), (1, 0x8000, 0x1000, 0x3000)),
        ];
        string path = TestFiles.Write([]);
        int opened = 0;
        for (int round = 0; round < Rounds; round++)
        {
            File.WriteAllBytes(path, Changed(images[random.Next(images.Length)], random));
            long before = GC.GetAllocatedBytesForCurrentThread();

            opened += IsWalked(path, random) ? 1 : 0;

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(allocated, Is.LessThan(64 << 20), $"seed {seed}, round {round}");
        }

        Assert.That(opened, Is.InRange(Rounds / 10, Rounds * 99 / 100), "some are read, some are refused");
    }

    // Most changes fall where headers are; a cut or a longer file is one as well.
    private static byte[] Changed(byte[] image, TestRandom random)
    {
        byte[] bytes = [.. image];
        for (int change = 1 + random.Next(12); change > 0; change--)
        {
            int at = random.Next(random.Next(3) == 0 ? bytes.Length : 256);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.AsSpan(at & ~7, 8).Fill((byte)(random.Next(2) * 255));
                    break;
                default:
                    bytes.AsSpan(random.Next(bytes.Length - 64), 8).CopyTo(bytes.AsSpan(at & ~7));
                    break;
            }
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static bool IsWalked(string path, TestRandom random)
    {
        ImageOptions options = new() { Map = random.Next(2) == 0 };
        bool isOpen = PhysicalImage.TryOpen(path, options, out PhysicalImage? image, out ImageFlaw flaw);
        Assert.That(isOpen, Is.EqualTo(flaw == ImageFlaw.None));
        if (!isOpen)
        {
            return false;
        }

        using PhysicalImage held = image!;
        ulong root = random.Next(2) == 0 && held.Word is ulong word ? word & ~0xFFFUL : 0xBEC000;
        WalkLimits limits = new() { FaultMax = 100, TableMax = 10_000 };
        RecordingSink sink = new();
        WalkSummary summary = options.Map
            ? PageTableWalker.Walk<VtdSecondStage, MappedMemory, RecordingSink>(
                root & ((1UL << 52) - 1), 3, held.Mapped, ref sink, limits, CancellationToken.None)
            : PageTableWalker.Walk<VtdSecondStage, FileMemory, RecordingSink>(
                root & ((1UL << 52) - 1), 3, held.Memory, ref sink, limits, CancellationToken.None);
        Assert.That(summary.Tables, Is.LessThanOrEqualTo(limits.TableMax));
        return true;
    }
}
