using System.Buffers.Binary;
using System.Diagnostics;

namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class PhysicalImageTests
{
    [TestCase("vtd-48bit", 29, 0xA48000UL)]
    [TestCase("amd-v1", 27, 0x6000000000A18803UL)]
    public void A_page_list_of_a_kernel_is_read(string name, int pages, ulong word)
    {
        using PhysicalImage image = Open(TestFiles.Fixture(name, "pages.bin"));

        Assert.That(image.Layout, Is.EqualTo(ImageLayout.PageList));
        Assert.That(image.Word, Is.EqualTo(word));
        ulong bytes = 0;
        foreach (MemorySegment segment in image.Segments)
        {
            bytes += segment.Last - segment.First + 1;
        }

        Assert.That(bytes, Is.EqualTo((ulong)pages * 4096));
    }

    [Test]
    public void The_other_page_list_is_read()
    {
        byte[] bytes = ImageBytes.PageList("KHOPAGES", 0x84E000, 0x5000, 0x3000, 0x4000);

        using PhysicalImage image = Open(TestFiles.Write(bytes));

        Assert.That((image.Layout, image.Word), Is.EqualTo((ImageLayout.KhoPageList, (ulong?)0x84E000)));
        Assert.That(WordsAt(image, 0x4FF8, 2), Is.EqualTo(new ulong[] { 0x4FF8, 0x5000 }), "across two pages");
        Assert.That(WordsAt(image, 0x5FF8, 2), Is.Null);
        Assert.That(WordsAt(image, 0x2FF8, 1), Is.Null);
    }

    [Test]
    public void Memory_that_can_lend_lends_what_it_reads_and_nothing_that_it_lacks()
    {
        byte[] bytes = ImageBytes.PageList("PAGEIMG1", 0, 0x1000, 0x3000);
        using PhysicalImage image = Open(TestFiles.Write(bytes), new() { Map = true });
        TableArena arena = new(0);
        arena.Take(2);
        arena.Word(0x1008) = 5;
        CallerMemory caller = new(new byte[0x2000], 0x1000);

        MappedMemory file = image.Mapped;
        Assert.That(file.TryLend(0x3000, 512, out ReadOnlySpan<ulong> words), Is.True);
        Assert.That(words[1], Is.EqualTo(0x3008UL));
        Assert.That(file.TryLend(0x1008, 512, out words) || words.Length > 0, Is.False, "across a hole");
        Assert.That(image.Memory.TryLend(0x3000, 512, out words) || words.Length > 0, Is.False, "it copies");
        Assert.That(arena.Memory.TryLend(0x1000, 512, out words), Is.True);
        Assert.That(words[1], Is.EqualTo(5UL));
        Assert.That(arena.Memory.TryLend(0x2000, 1, out words) || words.Length > 0, Is.False);
        Assert.That(caller.TryLend(0x2000, 512, out words), Is.True);
        Assert.That(caller.TryLend(0x2008, 512, out words) || words.Length > 0, Is.False);
    }

    [Test]
    public void A_list_cut_short_holds_what_is_there()
    {
        byte[] bytes = ImageBytes.PageList("PAGEIMG1", 0, 0x1000, 0x2000);

        using PhysicalImage image = Open(TestFiles.Write(bytes.AsSpan(0, bytes.Length - 1)));

        Assert.That(WordsAt(image, 0x1000, 1), Is.EqualTo(new ulong[] { 0x1000 }));
        Assert.That(image.Memory.Contains(0x2000, 8), Is.False);
    }

    [Test]
    public void A_claimed_count_allocates_nothing()
    {
        byte[] bytes = ImageBytes.PageList("PAGEIMG1", 0, 0x1000);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), ulong.MaxValue);

        using PhysicalImage image = Open(TestFiles.Write(bytes));

        Assert.That(image.Segments.Length, Is.EqualTo(1));
    }

    [Test]
    public void A_page_that_is_not_aligned_is_refused()
    {
        byte[] bytes = ImageBytes.PageList("PAGEIMG1", 0, 0x1008);

        Assert.That(Flaw(bytes), Is.EqualTo(ImageFlaw.BadAddress));
        Assert.That(Flaw(bytes.AsSpan(0, 20)), Is.EqualTo(ImageFlaw.Truncated));
    }

    [Test]
    public void A_raw_file_begins_at_its_base()
    {
        string path = TestFiles.Write(ImageBytes.PageList("PAGEIMG1", 0, 0x1000));

        using PhysicalImage image = Open(path, new() { BaseAddress = 0x10_0000 });

        Assert.That(image.Layout, Is.EqualTo(ImageLayout.Raw), "a base says that it is raw");
        Assert.That(WordsAt(image, 0x10_0008, 1), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(image.Memory.Contains(0xF_FFF8, 8), Is.False);
        Assert.That(
            Flaw(new byte[16], new() { BaseAddress = ulong.MaxValue - 7 }), Is.EqualTo(ImageFlaw.BadAddress));
        Assert.That(
            () => PhysicalImage.TryOpen(path, new() { BaseAddress = 1 }, out _, out _),
            Throws.ArgumentException);
    }

    [Test]
    public void A_core_has_its_segments_by_physical_address()
    {
        // A note, a segment, one inside it (as the kernel's text is), one without an address (as vmalloc
        // has).
        byte[] bytes = ImageBytes.Core(
            0x1000, (4, 0, 64, 0), (1, 0x8000, 0x2000, 0x1000), (1, 0x8000, 0x1000, 0x3000),
            (1, ulong.MaxValue, 0x1000, 0x4000));

        using PhysicalImage image = Open(TestFiles.Write(bytes));

        Assert.That(image.Layout, Is.EqualTo(ImageLayout.ElfCore));
        Assert.That(
            image.Segments.ToArray(), Is.EqualTo(new MemorySegment[] { new(0x8000, 0x9FFF, 0x1000) }));
        Assert.That(WordsAt(image, 0x9000, 1), Is.EqualTo(new ulong[] { 0x2000 }));
    }

    [Test]
    public void A_core_with_more_headers_than_16_bits_has_its_count_elsewhere()
    {
        byte[] bytes = ImageBytes.Core(0x1000, (1, 0x8000, 0x1000, 0x1000));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(56), 0xFFFF);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), 0x800);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x800 + 44), 1);
        using PhysicalImage image = Open(TestFiles.Write(bytes));
        Assert.That(image.Segments.Length, Is.EqualTo(1));

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x800 + 44), uint.MaxValue);
        Assert.That(Flaw(bytes), Is.EqualTo(ImageFlaw.TooManySegments));
    }

    [Test]
    public void What_is_no_core_says_so()
    {
        byte[] core = ImageBytes.Core(0x1000, (1, 0x8000, 0x1000, 0x1000));
        byte[] executable = [.. core];
        executable[16] = 2;
        byte[] small = [.. core];
        small[4] = 1;
        byte[] wrapping = ImageBytes.Core(0x1000, (1, ulong.MaxValue - 0xFFF, 0x2000, 0x1000));

        Assert.That(Flaw(executable), Is.EqualTo(ImageFlaw.NotACore));
        Assert.That(Flaw(small), Is.EqualTo(ImageFlaw.NotACore));
        Assert.That(Flaw(core.AsSpan(0, 60)), Is.EqualTo(ImageFlaw.Truncated));
        Assert.That(Flaw(core.AsSpan(0, 80)), Is.EqualTo(ImageFlaw.Truncated));
        Assert.That(Flaw(wrapping), Is.EqualTo(ImageFlaw.BadAddress));
    }

    [Test]
    public void What_cannot_be_opened_or_mapped_says_so()
    {
        Assert.That(PhysicalImage.TryOpen("no-such-file", new(), out _, out ImageFlaw flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(ImageFlaw.CannotRead));
        Assert.That(Flaw([], new() { Map = true }), Is.EqualTo(ImageFlaw.CannotMap));
        Assert.That(PhysicalImage.TryOpen("/proc/self/status", new() { Map = true }, out _, out flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(ImageFlaw.CannotMap), "as /proc/kcore: read, not mapped");
        Assert.That(PhysicalImage.TryOpen("/proc/self", new(), out _, out flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(ImageFlaw.CannotRead), "a folder");
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_pipe_that_nobody_writes_to_is_waited_for_by_nobody()
    {
        string folder = Directory.CreateTempSubdirectory("pipe").FullName;
        string pipe = Path.Combine(folder, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        Assert.That(PhysicalImage.TryOpen(pipe, new(), out _, out ImageFlaw flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(ImageFlaw.CannotRead));
        Assert.That(() => WordFile.TryRead(pipe, out _, default), Throws.InstanceOf<IOException>());
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_file_that_shrinks_answers_false_where_it_ends()
    {
        string path = TestFiles.Write(ImageBytes.PageList("PAGEIMG1", 0, 0x1000, 0x2000));
        using PhysicalImage image = Open(path);
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(6000);
        }

        Assert.That(WordsAt(image, 0x1000, 512), Is.Not.Null);
        Assert.That(image.Memory.Contains(0x2000, 4096), Is.True);
        Assert.That(WordsAt(image, 0x2000, 512), Is.Null);
    }

    [Test]
    public void Mapped_and_read_are_the_same()
    {
        using PhysicalImage image = Open(TestFiles.Fixture("vtd-48bit", "pages.bin"), new() { Map = true });
        FileMemory memory = image.Memory;
        MappedMemory mapped = image.Mapped;
        ulong[] first = new ulong[1024];
        ulong[] second = new ulong[1024];
        foreach (MemorySegment segment in image.Segments)
        {
            foreach (int count in (int[])[1, 512, 1024])
            {
                bool isThere = memory.TryRead(
                    segment.First, first.AsSpan(0, count), out ReadOnlySpan<ulong> words);
                Assert.That(
                    mapped.TryRead(segment.First, second.AsSpan(0, count), out ReadOnlySpan<ulong> lent),
                    Is.EqualTo(isThere));
                Assert.That(isThere && !words.SequenceEqual(lent), Is.False);
                Assert.That(isThere || count == 1024, Is.True);
            }
        }

        using PhysicalImage unmapped = Open(TestFiles.Fixture("vtd-48bit", "pages.bin"));
        Assert.That(() => unmapped.Mapped, Throws.InvalidOperationException);
    }

    [Test]
    public void Segments_agree_with_a_map_of_bytes([Range(0, 60)] int seed)
    {
        TestRandom random = new((ulong)seed);
        List<MemorySegment> given = [];
        for (int i = random.Next(7); i > 0; i--)
        {
            ulong first = (ulong)random.Next(40);
            given.Add(new(first, first + (ulong)random.Next(20), 1000UL * (ulong)i));
        }

        MemorySegments segments = new([.. given]);
        int guess = random.Next(4);

        for (ulong address = 0; address < 64; address++)
        {
            bool isThere = given.Exists(segment => address >= segment.First && address <= segment.Last);
            Assert.That(segments.TryFind(address, ref guess, out MemorySegment found), Is.EqualTo(isThere));
            Assert.That(
                !isThere || given.Exists(segment => address >= segment.First && address <= segment.Last
                    && segment.FileOffset + (address - segment.First)
                        == found.FileOffset + (address - found.First)),
                Is.True,
                "the bytes are where one of the given segments says");
        }
    }

    private static ulong[]? WordsAt(PhysicalImage image, ulong physical, int count)
    {
        FileMemory memory = image.Memory;
        bool isThere = memory.TryRead(physical, new ulong[count], out ReadOnlySpan<ulong> words);
        return isThere ? words.ToArray() : null;
    }

    private static PhysicalImage Open(string path, ImageOptions? options = null)
    {
        bool isOpen = PhysicalImage.TryOpen(
            path, options ?? new(), out PhysicalImage? image, out ImageFlaw flaw);
        Assert.That(isOpen, Is.True, flaw.ToString());
        return image!;
    }

    private static ImageFlaw Flaw(ReadOnlySpan<byte> bytes, ImageOptions? options = null)
    {
        bool isOpen = PhysicalImage.TryOpen(
            TestFiles.Write(bytes), options ?? new(), out PhysicalImage? image, out ImageFlaw flaw);
        image?.Dispose();
        Assert.That(isOpen, Is.EqualTo(flaw == ImageFlaw.None));
        return flaw;
    }
}
