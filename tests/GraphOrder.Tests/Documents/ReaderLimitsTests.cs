using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class ReaderLimitsTests
{
    private static readonly ReaderLimits Two = ReaderLimits.Default with { ListCountMax = 2 };

    [TestCase(
        "\"sessions\": [ { \"name\": \"a\" }, { \"name\": \"b\" }, \u00B6{ \"name\": [ ] } ]", "sessions")]
    [TestCase("\"objects\": [ {}, {}, \u00B6{ \"needs\": [ \"a\" ] } ]", "objects")]
    [TestCase(
        "\"dependencies\": [ { \"dependent\": \"a\", \"on\": \"b\" }, { \"dependent\": \"a\", \"on\": "
        + "\"b\" }, \u00B6{} ]", "dependencies")]
    [TestCase("\"objects\": [ { \"needs\": [ \"a\", \"b\" ] }, { \"needs\": [ \u00B6\"a\" ] } ]", "needs")]
    [TestCase("\"limits\": { \"a\": 1, \"b\": 1, \"c\": \u00B61 }", "limits")]
    public void A_list_with_more_entries_than_the_limit_ends_reading_there(string members, string what)
    {
        MarkedText text = new($"{{ {members}, \"colour\": \"not reached\" }}");

        Diagnostic reached = Refusal(text.Bytes, Two);

        Assert.That(reached.Code, Is.EqualTo(DiagnosticCode.LimitReached));
        Assert.That(reached.Location, Is.EqualTo(text.Place));
        Assert.That((reached.Fact("what"), reached.Fact("max")), Is.EqualTo((what, "2")));
    }

    [TestCase(1)]
    [TestCase(int.MaxValue)]
    public void A_value_longer_than_the_limit_ends_reading_where_it_begins(int bytesAtATime)
    {
        ReaderLimits limits = ReaderLimits.Default with { TokenBytesMax = 10_000 };
        MarkedText text = new(
            $$"""{ "x-short": "{{new string('x', 10_000)}}", "x-long": ¶"{{new string('y', 30_000)}}" }""");

        Diagnostic reached = Refusal(text.Bytes, limits, bytesAtATime);

        Assert.That(reached.Code, Is.EqualTo(DiagnosticCode.LimitReached));
        Assert.That(reached.Location, Is.EqualTo(text.Place));
        Assert.That(reached.Fact("max"), Is.EqualTo("10000"));
    }

    [Test]
    public void A_value_of_a_mebibyte_is_read_and_a_longer_one_is_not()
    {
        string head = "{ \"schema\": \"graphorder/session-set/1\", \"sessions\": [], \"objects\": [], "
            + "\"host\": { \"kernel\": ";
        string fits = new('k', 1 << 20);

        SessionSet set = SessionSet.Read(
            new MemoryStream(Encoding.ASCII.GetBytes($"{head}\"{fits}\" }} }}")));
        Diagnostic reached = Refusal(
            Encoding.ASCII.GetBytes($"{head}\"{fits}k\" }} }}"), ReaderLimits.Default);

        Assert.That(set.Host!.Kernel, Is.EqualTo(fits));
        Assert.That(reached.Code, Is.EqualTo(DiagnosticCode.LimitReached));
        Assert.That(reached.Location, Is.EqualTo(new SourceLocation(1, head.Length + 1)));
    }

    [TestCase(1)]
    [TestCase(int.MaxValue)]
    public void A_document_longer_than_the_limit_ends_reading_at_the_limit(int bytesAtATime)
    {
        byte[] document =
            "{ \"schema\":\n \"graphorder/session-set/1\", \"sessions\": [], \"objects\": [] }"u8.ToArray();
        ReaderLimits exact = ReaderLimits.Default with { DocumentBytesMax = document.Length };

        SessionSet set = SessionSetReader.Read(new TrickleStream(document, bytesAtATime), null, exact);
        Diagnostic reached = Refusal(document, exact with { DocumentBytesMax = 30 }, bytesAtATime);

        Assert.That(set.Objects.IsEmpty, Is.True);
        Assert.That(reached.Code, Is.EqualTo(DiagnosticCode.LimitReached));
        Assert.That(reached.Location, Is.EqualTo(new SourceLocation(2, 19)));
    }

    [TestCase("{ \"sessions\":", "[], \"objects\": [], \"schema\": \"graphorder/session-set/1\" }")]
    [TestCase("{ \"sessions\": []", ", \"objects\": [], \"schema\": \"graphorder/session-set/1\" }")]
    [TestCase("", "{ \"sessions\": [], \"objects\": [], \"schema\": \"graphorder/session-set/1\" }")]
    [TestCase("{ \"sessions\": [], \"objects\": [], \"schema\": \"graphorder/session-set/1\" }", "")]
    public void White_space_of_any_length_takes_no_memory(string head, string tail)
    {
        using RepeatingStream stream = new(
            Bytes(head + " "), Bytes("       \n"), 5_000_000, Bytes(" " + tail));
        long start = GC.GetAllocatedBytesForCurrentThread();

        SessionSet set = SessionSet.Read(stream);

        Assert.That(set.Objects.IsEmpty, Is.True);
        Assert.That(stream.TotalBytes, Is.GreaterThan(40_000_000));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - start, Is.LessThan(4_000_000));
    }

    [TestCase(4096)]
    [TestCase(int.MaxValue)]
    public void White_space_behind_a_comma_has_the_limit_of_a_value(int bytesAtATime)
    {
        byte[] document = Bytes("{ \"sessions\": []," + new string(' ', 1_100_000) + "\"objects\": [] }");

        Diagnostic reached = Refusal(document, ReaderLimits.Default, bytesAtATime);

        Assert.That(reached.Code, Is.EqualTo(DiagnosticCode.LimitReached));
        Assert.That(reached.Fact("what"), Is.EqualTo("bytes of white space"));
        Assert.That(reached.Location, Is.EqualTo(new SourceLocation(1, 17)));
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static Diagnostic Refusal(byte[] bytes, ReaderLimits limits, int bytesAtATime = int.MaxValue)
    {
        using TrickleStream stream = new(bytes, bytesAtATime);
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(
            () => SessionSetReader.Read(stream, null, limits))!;
        return refused.Diagnostics.Single();
    }
}
