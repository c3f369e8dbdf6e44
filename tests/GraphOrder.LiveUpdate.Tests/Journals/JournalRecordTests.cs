using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>What each record says, and which of them are on disk before the caller goes on.</summary>
[TestFixture]
public sealed class JournalRecordTests
{
    private static readonly KernelIdentity Kernel = new("7.3.4", "a boot", 812);

    private static readonly JournalHeader Header = new("an id", CustodyKind.Luod, "linux-7.3", Kernel);

    private static readonly (string Name, bool IsDurable, Action<JournalWriter> Write)[] Calls =
    [
        ("header", true, static writer => writer.Begin(Header)),
        ("document", false, static writer => writer.Document("set", "{}")),
        ("memory", false, static writer => writer.Memory(new MemoryRecord("ram", 1, Seals.None, 0))),
        ("act", true, static writer => writer.Begin(1, StepVerb.Create, "vm"u8, [], null)),
        ("done", false, static writer => writer.End(1, 5, Errno.None)),
        ("refused", true, static writer => writer.End(1, 5, Errno.Busy)),
        ("failed", true, static writer => writer.End(1, 5, Errno.None, "the program ended with 1")),
        ("kernel", true, static writer => writer.Kernel(Kernel)),
        ("checked", false, static writer => writer.Checked("ram", [])),
        ("handed", true, static writer => writer.Handed("ram")),
        ("closed", true, static writer => writer.Closed("vm")),
        ("over", true, static writer => writer.Over(isDone: false)),
    ];

    [Test]
    public void What_must_not_be_forgotten_is_on_disk_before_the_call_comes_back()
    {
        FlushedStore store = new();
        using JournalWriter writer = new(store, TimeProvider.System);
        Assert.Multiple(() =>
        {
            foreach ((string name, bool isDurable, Action<JournalWriter> write) in Calls)
            {
                int before = store.Flushes;
                write(writer);
                Assert.That(store.Flushes - before, Is.EqualTo(isDurable ? 1 : 0), name);
                Assert.That(store.UnflushedBytes == 0, Is.EqualTo(isDurable), name);
                Assert.That(writer.Bytes, Is.EqualTo(store.Bytes), name);
            }
        });
    }

    [Test]
    public void A_copy_gets_the_same_bytes()
    {
        DyingStore disk = new([]);
        DyingStore copy = new([]);
        using JournalWriter writer = new(disk, TimeProvider.System);
        writer.CopyTo(copy);
        foreach ((_, _, Action<JournalWriter> write) in Calls)
        {
            write(writer);
        }

        Assert.That(copy.Bytes, Is.EqualTo(disk.Bytes));
    }

    [Test]
    public void A_sum_is_CRC_32C_over_the_sum_before_and_the_bytes()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("A quick update keeps what virtual machines live on, in its order.");
        for (int length = 0; length <= bytes.Length; length++)
        {
            foreach (uint previous in (uint[])[0, 1, 0x12345678, uint.MaxValue])
            {
                byte[] all = new byte[sizeof(uint) + length];
                BinaryPrimitives.WriteUInt32LittleEndian(all, previous);
                bytes.AsSpan(0, length).CopyTo(all.AsSpan(sizeof(uint)));
                Assert.That(JournalSum.Of(previous, bytes.AsSpan(0, length)), Is.EqualTo(BitByBit(all)), $"{length}");
            }
        }

        // The check value of CRC-32C, of which four digits stand as the sum before.
        Assert.That(BitByBit("123456789"u8), Is.EqualTo(0xE3069283));
        Assert.That(JournalSum.Of(0x34333231, "56789"u8), Is.EqualTo(0xE3069283));
    }

    [Test]
    public void Every_word_of_a_verb_and_of_a_custody_comes_back()
    {
        string[] verbs = ["create", "preserve", "kexec", "retrieve-session", "retrieve", "finish", "act"];
        string[] custodies = ["self", "systemd", "luod"];
        Assert.That(Enum.GetValues<StepVerb>().Select(static verb => verb.Name()), Is.EqualTo(verbs));
        Assert.That(Enum.GetValues<CustodyKind>().Select(static kind => kind.Name()), Is.EqualTo(custodies));
        foreach (CustodyKind custody in Enum.GetValues<CustodyKind>())
        {
            DyingStore store = new([]);
            using JournalWriter writer = new(store, TimeProvider.System);
            writer.Begin(Header with { Custody = custody });
            foreach (StepVerb verb in Enum.GetValues<StepVerb>())
            {
                writer.Begin(1, verb, "vm"u8, "ram"u8, 7);
            }

            Journal journal = JournalReader.Read(store.Bytes);
            Assert.That(journal.Header.Custody, Is.EqualTo(custody));
            Assert.That(journal.Steps.Select(static at => at.Verb), Is.EqualTo(Enum.GetValues<StepVerb>()));
        }
    }

    [Test]
    public void What_was_walked_comes_back()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId memory)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId device)
            .AddObject(device, "domain", ObjectKind.IommuDomain, out ObjectId domain)
            .BuildSet();
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(Header);
        writer.Walked(set, new WalkedDomain(domain)
        {
            Owners = [new MappedOwner(memory, 0xFEE0_0000, 0x1_0000_0000, 4096, Access.ReadWrite)],
        });
        Journal journal = JournalReader.Read(store.Bytes);

        Assert.That(journal.Walked, Has.Length.EqualTo(1));
        Assert.That(journal.Walked[0].Domain, Is.EqualTo("domain"));
        Assert.That(journal.Walked[0].Owners, Is.EqualTo(
            new[] { new WalkedOwner("ram", 0xFEE0_0000, 0x1_0000_0000, 4096, Access.ReadWrite) }));
    }

    [Test]
    public void A_record_of_a_megabyte_is_written_whole()
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(Header);
        string text = new('x', 1 << 20);
        writer.Document("set", text);
        writer.Document("plan", "{}");
        Journal journal = JournalReader.Read(store.Bytes);

        Assert.That(journal.Documents["set"], Is.EqualTo(text));
        Assert.That(journal.Documents["plan"], Is.EqualTo("{}"));
    }

    [Test]
    public void An_end_ends_the_act_of_its_number_once()
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(Header);
        writer.End(1, 1, Errno.None);
        writer.Begin(1, StepVerb.Create, "vm"u8, [], null);
        writer.End(2, 2, Errno.None);
        writer.End(1, 3, Errno.None);
        writer.End(1, 4, Errno.Busy);
        writer.Begin(2, StepVerb.Act, [], "pause"u8, null);
        writer.End(2, 5, Errno.None, "it said no");
        IEnumerable<(int, bool, long, string?)> steps = JournalReader.Read(store.Bytes).Steps.Select(
            static step => (step.Step, step.IsDone, step.Microseconds, step.Why));

        Assert.That(steps, Is.EqualTo(
            new (int, bool, long, string?)[] { (1, true, 3, null), (2, false, 5, "it said no") }));
    }

    [Test]
    public void What_is_no_journal_is_told_for_what_it_is()
    {
        Assert.That(() => JournalReader.Read([]), Refuses("is empty"));
        Assert.That(() => JournalReader.Read("{\"kind\""u8), Refuses("was never begun: its first record is not whole"));
        Assert.That(
            () => JournalReader.Read(Signed("{\"kind\":\"begin\",\"at\":1,\"schema\":\"graphorder/journal/1\"}")),
            Refuses("is none: the first record is no graphorder/journal/1"));
        Assert.That(
            () => JournalReader.Read(Signed("{\"kind\":\"journal\",\"at\":1,\"schema\":\"graphorder/journal/2\"}")),
            Refuses("is none: the first record is no graphorder/journal/1"));
        string custody = "{\"kind\":\"journal\",\"at\":1,\"schema\":\"graphorder/journal/1\",\"requires\":[],"
            + "\"custody\":\"nobody\"}";
        Assert.That(() => JournalReader.Read(Signed(custody)), Refuses("has a custody that is not known: 'nobody'"));
    }

    [TestCase("a boot", CustodyKind.Self, false, false, false)]
    [TestCase("another", CustodyKind.Self, false, false, true)]
    [TestCase("another", CustodyKind.Self, false, true, true)]
    [TestCase("another", CustodyKind.Self, true, true, false)]
    [TestCase("another", CustodyKind.Luod, false, false, true)]
    [TestCase("another", CustodyKind.Luod, false, true, false)]
    [TestCase("another", CustodyKind.Luod, true, false, false)]
    [TestCase("a boot", CustodyKind.Luod, false, false, false)]
    public void An_update_ended_with_its_kernel_where_nobody_could_have_jumped(
        string boot, CustodyKind custody, bool hasJumped, bool isPreserved, bool hasEnded)
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(Header with { Custody = custody });
        writer.Begin(2, StepVerb.Preserve, "vm"u8, "ram"u8, 1);
        if (isPreserved)
        {
            writer.Begin(0, StepVerb.Preserve, "graphorder"u8, [], 1);
        }

        if (hasJumped)
        {
            writer.Begin(3, StepVerb.Kexec, [], [], null);
        }

        Journal journal = JournalReader.Read(store.Bytes);
        Assert.That(journal.HasJumped, Is.EqualTo(hasJumped));
        Assert.That(journal.EndedWithItsKernel(boot), Is.EqualTo(hasEnded));
    }

    /// <summary>Bytes that carry the sums of a journal.</summary>
    internal static byte[] Signed(params ReadOnlySpan<string> records)
    {
        List<byte> bytes = [];
        uint sum = 0;
        foreach (string record in records)
        {
            byte[] body = Encoding.UTF8.GetBytes(record[..^1]);
            sum = JournalSum.Of(sum, body);
            bytes.AddRange(body);
            bytes.AddRange(Encoding.UTF8.GetBytes($",\"sum\":\"{sum:x8}\"}}\n"));
        }

        return [.. bytes];
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refuses(string why) =>
        Throws.InstanceOf<JournalException>().With.Message.Contains(why);

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint value = ~0u;
        foreach (byte each in bytes)
        {
            value ^= each;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0x82F63B78 : value >> 1;
            }
        }

        return ~value;
    }

    /// <summary>A store that knows what a power cut would leave.</summary>
    private sealed class FlushedStore : IJournalStore
    {
        public long Bytes { get; private set; }

        public long UnflushedBytes { get; private set; }

        public int Flushes { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            UnflushedBytes += bytes.Length;
        }

        public void Flush()
        {
            UnflushedBytes = 0;
            Flushes++;
        }
    }
}
