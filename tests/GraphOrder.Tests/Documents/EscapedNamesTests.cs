using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class EscapedNamesTests
{
    [Test]
    public void Every_character_is_written_as_the_writer_of_JSON_writes_it()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            if (!char.IsSurrogate((char)code))
            {
                Expect($"vm{(char)code}01");
            }
        }

        Expect("😀");
    }

    [Test]
    public void A_plain_name_beside_one_that_is_not_stays_as_it_is()
    {
        NameTable table = new();
        table.TryAdd("a\"b", out _);
        table.TryAdd("plain", out _);
        EscapedNames names = new(table);

        Assert.That(Encoding.UTF8.GetString(names[0]), Is.EqualTo("a\\\"b"));
        Assert.That(Encoding.UTF8.GetString(names[1]), Is.EqualTo("plain"));
        Assert.That(Encoding.UTF8.GetString(names[0]), Is.EqualTo("a\\\"b"));
    }

    private static void Expect(string name)
    {
        NameTable table = new();
        table.TryAdd(name, out _);
        using MemoryStream stream = new();
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(stream, options))
        {
            writer.WriteStringValue(name);
        }

        string found = $"\"{Encoding.UTF8.GetString(new EscapedNames(table)[0])}\"";

        if (found != Encoding.UTF8.GetString(stream.ToArray()))
        {
            Assert.Fail($"U+{(int)name[2 % name.Length]:X4}: {found}");
        }
    }
}
