using static GraphOrder.LiveUpdate.Tests.JournalRecordTests;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// A journal reads back as it was written, and tells damage from a last record that is not whole.
/// </summary>
public class JournalTests
{
    private static readonly KernelIdentity Kernel = new("7.3.4", "a boot", 812);

    [Test]
    public void What_is_written_is_read()
    {
        Journal journal = JournalReader.Read(Sample());
        Assert.That(journal.Header, Is.EqualTo(new JournalHeader("an id", CustodyKind.Luod, "linux-7.3", Kernel)));
        Assert.That(journal.Documents["set"], Is.EqualTo("{ \"a\": \"ü\" }"));
        MemoryRecord memory = journal.Memories["vm-01/ram"];
        Assert.That(memory.Data, Is.EqualTo(new[] { new DataRange(0, 4096), new DataRange(8192, 4096) }));
        Assert.That((memory.Bytes, memory.Seals, memory.Position, memory.Digest),
            Is.EqualTo((12288L, Seals.Seal | Seals.Grow, 7L, "00ff")));
        Assert.That(journal.Steps, Has.Length.EqualTo(2));
        Assert.That(journal.Steps[0].IsDone && journal.Steps[0].Microseconds == 42);
        Assert.That(journal.Steps[1].Error, Is.EqualTo(Errno.Busy));
        Assert.That(journal.Steps[1].Kernel, Is.EqualTo(1));
        Assert.That(journal.Handed, Is.EquivalentTo(new[] { "vm-01/ram" }));
        Assert.That(journal.Checked["vm-01/ram"], Is.EqualTo(new[] { "size 1 expected, 2 found" }));
        Assert.That(journal.IsDone, Is.True);
        Assert.That(journal.IsTorn, Is.False);
    }

    [Test]
    public void A_journal_that_is_cut_anywhere_is_read_up_to_its_last_whole_record()
    {
        byte[] whole = Sample();
        int lines = 0;
        for (int length = 0; length <= whole.Length; length++)
        {
            byte[] cut = whole[..length];
            int expected = cut.Count(found => found == '\n');
            if (expected == 0)
            {
                Assert.Throws<JournalException>(() => JournalReader.Read(cut));
                continue;
            }

            Journal journal = JournalReader.Read(cut);
            Assert.That(journal.RecordCount, Is.EqualTo(expected), $"{length}");
            Assert.That(journal.IsTorn, Is.EqualTo(length > 0 && cut[^1] != '\n'));
            lines = expected;
        }

        Assert.That(lines, Is.EqualTo(11));
    }

    [Test]
    public void Any_changed_byte_is_noticed()
    {
        byte[] whole = Sample();
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2);
        for (int i = 0; i < last; i++)
        {
            foreach (byte change in (byte[])[1, 0x20, 0x80])
            {
                byte[] changed = [.. whole];
                changed[i] ^= change;
                Assert.That(
                    () => JournalReader.Read(changed), Throws.InstanceOf<JournalException>(), $"byte {i} ^ {change:x}");
            }
        }
    }

    [Test]
    public void The_copy_ends_where_its_zeros_begin()
    {
        byte[] whole = Sample();
        Assert.That(JournalReader.Read([.. whole, .. new byte[500]]).Bytes, Is.EqualTo(whole.Length));
    }

    [Test]
    public void What_a_newer_version_demands_is_refused_and_what_it_adds_is_ignored()
    {
        byte[] demanding = Signed("{\"kind\":\"journal\",\"at\":1,\"schema\":\"graphorder/journal/1\",\"requires\":[\"moons\"]}");
        Assert.That(() => JournalReader.Read(demanding), Throws.InstanceOf<JournalException>().With.Message.Contains("'moons'"));
        string header = "{\"kind\":\"journal\",\"at\":1,\"schema\":\"graphorder/journal/1\",\"requires\":[],\"id\":\"a\","
            + "\"custody\":\"self\",\"model\":\"linux-7.3\",\"release\":\"7.4\",\"boot\":\"b\",\"process\":1,\"moons\":2}";
        Journal read = JournalReader.Read(Signed(header, "{\"kind\":\"moon\",\"at\":1,\"phase\":\"full\"}"));
        Assert.That(read.RecordCount, Is.EqualTo(2));
        Assert.That(() => JournalReader.Read(Signed("{\"kind\":\"begin\",\"at\":1}")), Throws.InstanceOf<JournalException>());
        Assert.That(() => JournalReader.Read(Signed(header, "{\"kind\":\"begin\",\"at\":1,\"verb\":\"act\"}")),
            Throws.InstanceOf<JournalException>().With.Message.StartsWith("line 2 is no record"));
    }

    // A short number was an exception of the wrong kind, and null became a text.
    [TestCase("{\"kind\":\"walked\",\"domain\":\"d\",\"owners\":[[\"m\",\"0\",\"0x0\",1,1]]}")]
    [TestCase("{\"kind\":\"walked\",\"domain\":\"d\",\"owners\":[[\"m\",null,\"0x0\",1,1]]}")]
    [TestCase("{\"kind\":\"walked\",\"domain\":\"d\",\"owners\":[[\"m\",\"7f0\",\"0x0\",1,1]]}")]
    [TestCase("{\"kind\":\"walked\",\"domain\":\"d\",\"owners\":[[null,\"0x0\",\"0x0\",1,1]]}")]
    [TestCase("{\"kind\":\"checked\",\"object\":\"m\",\"differs\":[null]}")]
    public void A_record_with_a_number_or_a_text_that_is_none_is_refused(string record)
    {
        const string header = "{\"kind\":\"journal\",\"schema\":\"graphorder/journal/1\",\"requires\":[],\"id\":\"a\","
            + "\"custody\":\"self\",\"model\":\"linux-7.3\",\"release\":\"7.4\",\"boot\":\"b\",\"process\":1}";
        Assert.That(
            () => JournalReader.Read(Signed(header, record)),
            Throws.InstanceOf<JournalException>().With.Message.StartsWith("line 2 is no record"));
    }

    [Test]
    public void Steps_are_written_without_allocating()
    {
        CountingStore store = new();
        using JournalWriter writer = new(store, TimeProvider.System);
        for (int i = 0; i < 100; i++)
        {
            Step(writer, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Step(writer, i);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(store.Bytes, Is.GreaterThan(100_000));
        Assert.That(store.Flushes, Is.EqualTo(1100), "on disk before each act");

        static void Step(JournalWriter writer, int number)
        {
            writer.Begin(number, StepVerb.Preserve, "vm-01"u8, "vm-01/ram"u8, 0x1234);
            writer.End(number, 17, Errno.None);
        }
    }

    private static byte[] Sample()
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(new JournalHeader("an id", CustodyKind.Luod, "linux-7.3", Kernel));
        writer.Document("set", "{ \"a\": \"ü\" }");
        writer.Memory(new MemoryRecord("vm-01/ram", 12288, Seals.Seal | Seals.Grow, 7)
        {
            Inode = "1:2",
            Data = [new DataRange(0, 4096), new DataRange(8192, 4096)],
            Digest = "00ff",
        });
        writer.Begin(3, StepVerb.Preserve, "vm-01"u8, "vm-01/ram"u8, ulong.MaxValue);
        writer.End(3, 42, Errno.None);
        writer.Kernel(Kernel with { Boot = "another" });
        writer.Begin(9, StepVerb.Finish, "vm-01"u8, [], null);
        writer.End(9, 1, Errno.Busy);
        writer.Checked("vm-01/ram", ["size 1 expected, 2 found"]);
        writer.Handed("vm-01/ram");
        writer.Over(isDone: true);
        return store.Bytes;
    }

    private sealed class CountingStore : IJournalStore
    {
        public long Bytes { get; private set; }

        public int Flushes { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes) => Bytes += bytes.Length;

        public void Flush() => Flushes++;
    }
}
