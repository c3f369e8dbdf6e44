using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GraphOrder.PageTables.Tests;

/// <summary>What is read ahead is what stands there, whatever is asked for and in whatever order.</summary>
[TestFixture]
public sealed class ReadAheadTests
{
    private const int PageBytes = 4096;

    // One after another, with jumps, backward, short ones, tables of 64 KiB; more than some windows.
    [TestCase(ImageLayout.Raw, 0UL)]
    [TestCase(ImageLayout.Raw, 0x1000UL)]
    [TestCase(ImageLayout.Raw, 0x1008UL)]
    [TestCase(ImageLayout.PageList, 0UL)]
    public void Every_order_of_reads_gives_the_words_of_the_file(ImageLayout layout, ulong first)
    {
        const int Pages = 1200;
        Random random = new(7);
        byte[] memory = new byte[Pages * PageBytes];
        random.NextBytes(memory);
        byte[] file = layout == ImageLayout.Raw ? memory : List(memory);
        using PhysicalImage image = Open(
            TestFiles.Write(file), layout == ImageLayout.Raw ? new() { BaseAddress = first } : new());
        FileMemory read = image.Memory;
        ulong[] buffer = new ulong[8192];
        int page = 0;
        for (int round = 0; round < 20_000; round++)
        {
            page = random.Next(40) switch
            {
                0 => random.Next(Pages),
                1 => Math.Max(0, page - random.Next(3)),
                _ => (page + 1) % Pages,
            };
            int count = random.Next(20) switch
            {
                0 => random.Next(1, 512),
                1 => 512 * random.Next(1, 17),
                _ => 512,
            };
            long from = (long)page * PageBytes;
            bool isThere = from + (count * 8L) <= memory.Length;

            bool found = read.TryRead(
                first + (ulong)from, buffer.AsSpan(0, count), out ReadOnlySpan<ulong> words);

            bool isRight = !isThere
                || words.SequenceEqual(MemoryMarshal.Cast<byte, ulong>(memory.AsSpan((int)from, count * 8)));
            if (found != isThere || !isRight)
            {
                Assert.Fail($"round {round}: page {page}, {count} words");
            }
        }
    }

    [Test]
    public void What_was_cut_off_is_not_answered_and_short_reads_stay()
    {
        string path = TestFiles.Write(new byte[64 * PageBytes]);
        using PhysicalImage image = Open(path, new() { BaseAddress = 0 });
        FileMemory memory = image.Memory;
        ulong[] buffer = new ulong[512];
        for (ulong page = 0; page < 3; page++)
        {
            Assert.That(memory.TryRead(page * PageBytes, buffer, out _), Is.True);
        }

        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(40 * PageBytes);
        }

        int answered = 0;
        for (ulong page = 3; page < 64; page++)
        {
            answered += memory.TryRead(page * PageBytes, buffer, out _) ? 1 : 0;
        }

        Assert.That(answered, Is.EqualTo(37), "those that the file still has");
        Assert.That(memory.TryRead(0, buffer.AsSpan(0, 4), out ReadOnlySpan<ulong> entry), Is.True);
        Assert.That(entry == buffer.AsSpan(0, 4), Is.True, "an entry is copied: it is needed while others are read");
    }

    [Test]
    public void A_copy_on_another_thread_does_not_touch_the_words_of_the_first()
    {
        byte[] bytes = new byte[512 * PageBytes];
        for (int page = 0; page < 512; page++)
        {
            bytes.AsSpan(page * PageBytes, PageBytes).Fill(unchecked((byte)page));
        }

        using PhysicalImage image = Open(TestFiles.Write(bytes), new() { BaseAddress = 0 });
        FileMemory memory = image.Memory;
        Read(ref memory, 0);
        FileMemory copy = memory;
        int[] wrong = new int[2];
        Thread other = new(() => wrong[1] = Wrong(copy, 256));
        other.Start();
        wrong[0] = Wrong(memory, 0);
        other.Join();

        Assert.That(wrong, Is.EqualTo(new[] { 0, 0 }));

        static int Wrong(FileMemory memory, int first)
        {
            int wrong = 0;
            for (int round = 0; round < 100; round++)
            {
                for (int page = first; page < first + 256; page++)
                {
                    ulong expected = unchecked((ulong)(page & 0xFF) * 0x0101_0101_0101_0101UL);
                    wrong += Read(ref memory, page).ContainsAnyExcept(expected) ? 1 : 0;
                }
            }

            return wrong;
        }

        static ReadOnlySpan<ulong> Read(ref FileMemory memory, int page) =>
            memory.TryRead((ulong)page * PageBytes, new ulong[512], out ReadOnlySpan<ulong> words)
                ? words
                : [1];
    }

    [Test]
    public void An_image_knows_that_its_file_changed()
    {
        string path = TestFiles.Write(new byte[2 * PageBytes]);
        using PhysicalImage image = Open(path, new());
        Assert.That(image.HasChanged, Is.False);

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(-10));
        Assert.That(image.HasChanged, Is.True, "another time");

        using PhysicalImage again = Open(path, new());
        Assert.That(again.HasChanged, Is.False);
        DateTime written = File.GetLastWriteTimeUtc(path);
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(PageBytes);
        }

        File.SetLastWriteTimeUtc(path, written);
        Assert.That(again.HasChanged, Is.True, "another size");
    }

    [Test]
    public void The_memory_of_the_machine_is_known_by_links_too()
    {
        string link = Path.Combine(WrittenImages.Folder, Path.GetRandomFileName());
        File.CreateSymbolicLink(link, PhysicalImage.LiveMemory);

        Assert.That(PhysicalImage.IsLiveMemory("/proc/kcore"), Is.True);
        Assert.That(PhysicalImage.IsLiveMemory("/proc/../proc/kcore"), Is.True);
        Assert.That(PhysicalImage.IsLiveMemory(link), Is.True);
        Assert.That(PhysicalImage.IsLiveMemory("kcore"), Is.False);
        File.Delete(link);
    }

    private static PhysicalImage Open(string path, ImageOptions options)
    {
        Assert.That(PhysicalImage.TryOpen(path, options, out PhysicalImage? image, out ImageFlaw flaw), Is.True, $"{flaw}");
        return image!;
    }

    private static byte[] List(byte[] memory)
    {
        int pages = memory.Length / PageBytes;
        byte[] list = new byte[24 + (pages * (PageBytes + 8))];
        "PAGEIMG1"u8.CopyTo(list);
        BinaryPrimitives.WriteInt64LittleEndian(list.AsSpan(8), pages);
        for (int page = 0; page < pages; page++)
        {
            Span<byte> entry = list.AsSpan(24 + (page * (PageBytes + 8)));
            BinaryPrimitives.WriteInt64LittleEndian(entry, (long)page * PageBytes);
            memory.AsSpan(page * PageBytes, PageBytes).CopyTo(entry[8..]);
        }

        return list;
    }
}
