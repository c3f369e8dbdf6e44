using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class MalformedSessionSetTests
{
    [TestCaseSource(typeof(MalformedSets), nameof(MalformedSets.All))]
    public void Each_kind_of_mistake_is_one_problem_with_its_place(MalformedCase malformed)
    {
        MarkedText text = new(malformed.Marked);

        MalformedDocumentException refused = Refusal(text.Bytes);

        Assert.That(Lines(refused), Has.Length.EqualTo(1));
        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(malformed.Code), refused.Message);
        Assert.That(refused.Diagnostics[0].Severity, Is.EqualTo(DiagnosticSeverity.Error));
        Assert.That((refused.Line, refused.Column), Is.EqualTo((text.Place.Line, text.Place.Column)),
            refused.Message);
    }

    [TestCaseSource(typeof(MalformedSets), nameof(MalformedSets.All))]
    public void The_message_is_one_sentence_with_file_line_column_and_code(MalformedCase malformed)
    {
        MarkedText text = new(malformed.Marked);

        MalformedDocumentException refused = Refusal(text.Bytes);

        string head = $"set.json:{text.Place.Line}:{text.Place.Column}: error {malformed.Code.Text()}: ";
        Assert.That(refused.Message, Does.StartWith(head).And.EndWith("."));
        Assert.That(refused.Message, Does.Not.Contain('\n').And.Not.Contain('{').Or.Contain("'{'"));
        Assert.That(refused.Message, Has.Length.LessThan(300));
        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Does.EndWith("."));
    }

    [TestCaseSource(typeof(MalformedSets), nameof(MalformedSets.All))]
    public void What_comes_byte_by_byte_is_refused_in_the_same_words(MalformedCase malformed)
    {
        byte[] bytes = new MarkedText(malformed.Marked).Bytes;

        Assert.That(Lines(Refusal(bytes, bytesAtATime: 1)), Is.EqualTo(Lines(Refusal(bytes))));
    }

    [TestCase("\"a\"")]
    [TestCase("\"s\"")]
    [TestCase("\"id\"")]
    public void A_byte_that_is_not_UTF8_is_refused_where_its_string_begins(string near)
    {
        const string text = """
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "a", "kind": "flb" } ] }
            """;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int quote = text.IndexOf(near, StringComparison.Ordinal);
        bytes[quote + 1] = 0xFF;
        SourceLocation place = new MarkedText(text.Insert(quote, "\u00B6")).Place;

        MalformedDocumentException refused = Refusal(bytes);

        Assert.That(
            refused.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { DiagnosticCode.InvalidUtf8 }));
        Assert.That(refused.Diagnostics[0].Location, Is.EqualTo(place));
    }

    private static MalformedDocumentException Refusal(byte[] bytes, int bytesAtATime = int.MaxValue)
    {
        using TrickleStream stream = new(bytes, bytesAtATime);
        return Assert.Throws<MalformedDocumentException>(() => SessionSet.Read(stream, "set.json"))!;
    }

    private static string[] Lines(MalformedDocumentException refused) =>
    [
        .. refused.Diagnostics.Select(d => $"{d.Location} {d.Code.Text()} {DiagnosticSentences.Message(d)}"),
    ];
}
