using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Each record word for word: another version, and other programs, read them.</summary>
[TestFixture]
public sealed partial class JournalWordsTests
{
    private static readonly KernelIdentity Kernel = new("7.3.4", "a boot", 812);

    private static readonly JournalHeader Header = new("an id", CustodyKind.Luod, "linux-7.3", Kernel);

    private static readonly MemoryRecord Memory = new("ram", 8192, Seals.Seal | Seals.Shrink, 12)
    {
        Inode = "00:01:77",
        Data = [new DataRange(0, 4096)],
        Digest = "00ff",
    };

    [Test]
    public void Each_record_is_one_line_with_these_words()
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, new FixedTime());
        writer.Begin(Header);
        writer.Document("set", "{}");
        writer.Memory(Memory);
        writer.Begin(2, StepVerb.Preserve, "vm"u8, "ram"u8, 0xABC);
        writer.End(2, 5, Errno.Busy);
        writer.End(2, 6, Errno.None, "it said no");
        writer.Begin(3, StepVerb.Kexec, [], [], null);
        writer.Kernel(Kernel);
        writer.Checked("ram", ["size", "seals"]);
        writer.Handed("ram");
        writer.Closed("vm");
        writer.Over(isDone: false);
        writer.Over(isDone: true);

        const string at = "\"at\":1700000000000007";
        string[] expected =
        [
            $$"""{"kind":"journal",{{at}},"schema":"graphorder/journal/1","requires":[],"id":"an id","custody":"luod","""
                + "\"model\":\"linux-7.3\",\"release\":\"7.3.4\",\"boot\":\"a boot\",\"process\":812}",
            $$"""{"kind":"document",{{at}},"name":"set","text":"{}"}""",
            $$"""{"kind":"memory",{{at}},"object":"ram","inode":"00:01:77","bytes":8192,"seals":3,"position":12,"""
                + "\"data\":[[0,4096]],\"digest\":\"00ff\"}",
            $$"""{"kind":"begin",{{at}},"step":2,"verb":"preserve","session":"vm","object":"ram","token":"0xabc"}""",
            $$"""{"kind":"end",{{at}},"step":2,"microseconds":5,"error":16}""",
            $$"""{"kind":"end",{{at}},"step":2,"microseconds":6,"why":"it said no"}""",
            $$"""{"kind":"begin",{{at}},"step":3,"verb":"kexec"}""",
            $$"""{"kind":"kernel",{{at}},"release":"7.3.4","boot":"a boot","process":812}""",
            $$"""{"kind":"checked",{{at}},"object":"ram","differs":["size","seals"]}""",
            $$"""{"kind":"handed",{{at}},"object":"ram"}""",
            $$"""{"kind":"closed",{{at}},"session":"vm"}""",
            $$"""{"kind":"over",{{at}},"outcome":"called-off"}""",
            $$"""{"kind":"over",{{at}},"outcome":"done"}""",
        ];
        string[] lines = Encoding.UTF8.GetString(store.Bytes).TrimEnd('\n').Split('\n');
        Assert.That(lines.Select(static line => Sum().Replace(line, "}")), Is.EqualTo(expected));
        Assert.That(lines, Has.All.Matches<string>(static line => Sum().IsMatch(line)));
    }

    [Test]
    public void What_a_memfd_was_like_comes_back()
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(Header);
        writer.Memory(Memory);
        writer.Memory(new MemoryRecord("large", 1L << 40, Seals.None, 0));
        Journal journal = JournalReader.Read(store.Bytes);

        MemoryRecord ram = journal.Memories["ram"];
        Assert.That(ram with { Data = default }, Is.EqualTo(Memory with { Data = default }));
        Assert.That(ram.Data, Is.EqualTo(Memory.Data));
        Assert.That(journal.Memories["large"].Data.IsDefault, Is.True, "too many ranges to tell");
        Assert.That(
            (journal.Memories["large"].Inode, journal.Memories["large"].Digest), Is.EqualTo(("", (string?)null)));
    }

    [Test]
    public void A_record_of_before_that_tells_no_inode_is_read()
    {
        Journal journal = JournalReader.Read(JournalRecordTests.Signed(
            Begun, """{"kind":"memory","at":1,"object":"ram","bytes":1,"seals":0,"position":0}"""));

        Assert.That(journal.Memories["ram"].Inode, Is.Empty);
    }

    [TestCase("""{"kind":"walked","at":1,"domain":"d","owners":[["ram","12","0x1",1,1]]}""",
        "line 2 is no record: a number does not begin with 0x")]
    [TestCase("""{"kind":"walked","at":1,"domain":"d","owners":[[null,"0x1","0x1",1,1]]}""",
        "line 2 is no record: a text is null")]
    [TestCase("""{"kind":"handed","at":1,"object":null}""", "line 2 is no record: 'object' is null")]
    public void What_is_no_record_is_told_with_its_line(string record, string why) => Assert.That(
        () => JournalReader.Read(JournalRecordTests.Signed(Begun, record)),
        Throws.InstanceOf<JournalException>().With.Message.EqualTo(why));

    [Test]
    public void A_line_that_broke_is_damage_only_where_a_whole_one_follows()
    {
        byte[] begun = JournalRecordTests.Signed(Begun);
        byte[] broken = [.. begun, .. "half a record\n"u8];

        Assert.That(JournalReader.Read([.. broken, .. "and half another\n"u8]).IsTorn, Is.True);
        Assert.That(JournalReader.Read(broken).IsTorn, Is.True);
        Assert.That(
            () => JournalReader.Read([.. broken, .. begun]),
            Throws.InstanceOf<JournalException>().With.Message.EqualTo("is damaged: the sum of line 2 is wrong"));
    }

    [Test]
    public void Nothing_is_no_argument()
    {
        using JournalWriter writer = new(new DyingStore([]), TimeProvider.System);
        SessionSet set = new DependencyGraphBuilder().BuildSet();
        Assert.Multiple(() =>
        {
            Assert.That(() => writer.Begin(null!), Nothing("header"));
            Assert.That(() => writer.Memory(null!), Nothing("memory"));
            Assert.That(() => writer.Walked(null!, null!), Nothing("set"));
            Assert.That(() => writer.Walked(set, null!), Nothing("walked"));
            Assert.That(() => MemoryJournalStore.Create(null!, 1), Nothing("calls"));
            Assert.That(() => MemoryJournalStore.Read(null!, 1), Nothing("calls"));
            Assert.That(() => FileJournalStore.Create(null!), Nothing("path"));
            Assert.That(() => new MeasuredCosts().Add(null!), Nothing("journal"));
        });
    }

    private const string Begun =
        """{"kind":"journal","at":1,"schema":"graphorder/journal/1","requires":[],"id":"i","custody":"luod","""
        + """
        "model":"linux-7.3","release":"7.3.4","boot":"b","process":1}
        """;

    private static NUnit.Framework.Constraints.EqualStringConstraint Nothing(string name) => Throws
        .ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(name);

    [GeneratedRegex(""","sum":"[0-9a-f]{8}"\}$""")]
    private static partial Regex Sum();

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddMicroseconds(7);
    }
}
