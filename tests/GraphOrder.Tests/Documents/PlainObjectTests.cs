using System.Text;

namespace GraphOrder.Tests.Documents;

/// <summary>
/// What is read at once against what is read token by token: a stream that gives one byte at a time leaves
/// nothing to read at once.
/// </summary>
[TestFixture]
public sealed class PlainObjectTests
{
    private const int Seed = 20_261_128;
    private const int MutationCount = 4_000;

    [Test]
    public void A_changed_document_says_the_same_whichever_way_it_is_read()
    {
        Random random = new(Seed);
        int readCount = 0;
        for (int i = 0; i < MutationCount; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Document(random));
            for (int change = random.Next(4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)"0ax\"{}[],:-. \\\n\té"[random.Next(17)];
            }

            string atOnce = Told(new MemoryStream(bytes), out bool isRead);
            string inPieces = Told(new TrickleStream(bytes, 1), out _);

            Assert.That(atOnce, Is.EqualTo(inPieces), $"seed {Seed}, document {i}");
            readCount += isRead ? 1 : 0;
        }

        Assert.That(readCount, Is.InRange(MutationCount / 5, MutationCount * 4 / 5));
    }

    [TestCase("\"token\": \"0x1\", \"token\": \"0x2\"", TestName = "a member twice")]
    [TestCase("\"token\": \"0xfffffffffffffffff\"", TestName = "a token that is too large")]
    [TestCase("\"token\": \"17\"", TestName = "a decimal token")]
    [TestCase("\"needs\": []", TestName = "an empty list")]
    [TestCase("\"needs\": [ \"a\", ]", TestName = "a comma too many")]
    [TestCase("\"kind\": \"memfd\"", TestName = "a kind twice")]
    [TestCase("\"x-note\": { \"deep\": [ 1 ] }", TestName = "a member of one's own")]
    [TestCase("\"needs\": [ \"\\u0061\" ]", TestName = "an escape")]
    [TestCase("\"needs\": [ \"é\" ]", TestName = "beyond ASCII")]
    [TestCase("\"describes\": [ \"a\", \"a\" ], \"needs\": [ \"nobody\" ]", TestName = "an unknown id")]
    [TestCase("\"within\": \"a\"", TestName = "a session and a carrier")]
    [TestCase("", TestName = "nothing behind a comma")]
    public void What_is_not_plain_is_told_as_ever(string member)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(
            "{ \"schema\": \"graphorder/session-set/1\", \"sessions\": [ { \"name\": \"s\" } ],\n"
            + "\"objects\": [ { \"id\": \"a\", \"kind\": \"file\", \"session\": \"s\" },\n"
            + "  { \"id\": \"b\", \"kind\": \"file\", \"session\": \"s\" },\n"
            + "  { \"id\": \"c\", \"kind\": \"file\", \"session\": \"s\", " + member + " },\n"
            + "  { \"id\": \"d\", \"kind\": \"file\", \"session\": \"t\" } ] }");

        Assert.That(
            Told(new MemoryStream(bytes), out _), Is.EqualTo(Told(new TrickleStream(bytes, 1), out _)));
    }

    private static string Told(Stream stream, out bool isRead)
    {
        try
        {
            SessionSet set = SessionSet.Read(stream);
            isRead = true;
            return string.Join(
                '\n',
                [
                    set.Digest.ToString(),
                    .. set.Objects.Select((found, i) => $"{set.NameOf(new ObjectId(i))} {found.Location}"),
                    .. set.Needs.Select(need => $"{need.Owner} {need.Id} {need.Location}"),
                    .. set.Describes.Select(need => $"{need.Owner} {need.Id} {need.Location}"),
                ]);
        }
        catch (MalformedDocumentException refused)
        {
            isRead = false;
            return string.Join(
                '\n',
                refused.Diagnostics.Select(
                    d => $"{d.Location} {d.Code.Text()} {DiagnosticSentences.Message(d)}"));
        }
    }

    private static string Document(Random random)
    {
        StringBuilder text = new("{\"schema\":\"graphorder/session-set/1\",\"sessions\":[");
        text.Append("{\"name\":\"s-0\"},{\"name\":\"s-1\"}],").Append(Space(random)).Append("\"objects\":[");
        for (int i = 0; i < 6; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Space(random)).Append("{\"id\":").Append(Space(random));
            text.Append($"\"object-{i}\",\"kind\":\"{(i % 2 == 0 ? "memfd" : "file")}\",");
            text.Append($"\"session\":{Space(random)}\"s-{random.Next(2)}\"{Space(random)}");
            text.Append(random.Next(2) == 0 ? $",\"token\":\"0x{i + 10:x}\"" : "");
            text.Append(i > 0 && random.Next(2) == 0 ? $",\"needs\":[\"object-{random.Next(i)}\"{More(i)}]" : "");
            text.Append(i > 0 && random.Next(4) == 0 ? $",\"describes\":[\"object-{i - 1}\"]" : "");
            text.Append(random.Next(6) == 0 ? ",\"bytes\":4096" : "").Append('}').Append(Space(random));
        }

        return text.Append("]}").ToString();
    }

    private static string More(int i) => i % 2 == 0 ? "" : ",\"object-0\"";

    private static string Space(Random random) => random.Next(8) switch
    {
        0 => "\n",
        1 => "  ",
        2 => "\r\n\t",
        _ => "",
    };
}
