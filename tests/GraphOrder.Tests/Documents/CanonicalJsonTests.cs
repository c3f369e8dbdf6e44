using System.Security.Cryptography;
using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class CanonicalJsonTests
{
    [TestCase("a/b", "\"a/b\"")]
    [TestCase("\"\\", "\"\\\"\\\\\"")]
    [TestCase("\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"")]
    [TestCase("\0\u001f\v", "\"\\u0000\\u001f\\u000b\"")]
    [TestCase("\u007f\u0080\u20ac\u2028😀<>&'+", "\"\u007f\u0080\u20ac\u2028😀<>&'+\"")]
    public void Strings_have_the_shortest_escapes_and_nothing_else_is_escaped(string text, string expected) =>
        Expect(expected, json => json.Text(text));

    [Test]
    public void Values_follow_one_another_without_white_space() => Expect(
        """{"a":[1,-9007199254740991,{},[]],"b":{"c":true,"d":false},"e":"0x1f"}""",
        json =>
        {
            json.BeginObject();
            json.Name("a");
            json.BeginList();
            json.Number(1);
            json.Number(-9_007_199_254_740_991);
            json.BeginObject();
            json.EndObject();
            json.BeginList();
            json.EndList();
            json.EndList();
            json.Name("b");
            json.BeginObject();
            json.Name("c");
            json.Truth(true);
            json.Name("d");
            json.Truth(false);
            json.EndObject();
            json.Name("e");
            json.NumberText(31);
            json.EndObject();
        });

    [Test]
    public void Names_are_sorted_by_their_UTF16_code_units() => Expect(
        "[\"\u20ac\",\"\uD83D\uDE00\",\"\uFB33\"]",
        json => CanonicalObject.WriteSorted(json, ["\uFB33", "\u20ac", "\uD83D\uDE00", "\u20ac"]));

    [Test]
    public void Members_out_of_order_are_a_broken_invariant()
    {
        using CanonicalJson json = new();
        json.BeginObject();
        json.Name("b");

        Assert.That(() => json.Name("a"), Throws.InstanceOf<System.Diagnostics.UnreachableException>());
    }

    [Test]
    public void What_is_longer_than_the_buffer_is_hashed_whole()
    {
        string text = new('x', 200_000);

        Expect($"[\"{text}\",\"{text}\"]", json =>
        {
            json.BeginList();
            json.Text(text);
            json.Text(text);
            json.EndList();
        });
    }

    [Test]
    public void One_writer_hashes_one_value_after_another()
    {
        using CanonicalJson json = new();
        byte[] first = new byte[Digest.ByteCount];
        byte[] second = new byte[Digest.ByteCount];
        json.Text("a");
        json.Finish(first);
        json.Text("a");
        json.Finish(second);

        Assert.That(second, Is.EqualTo(first));
    }

    private static void Expect(string expected, Action<CanonicalJson> write)
    {
        using CanonicalJson json = new();
        write(json);
        byte[] digest = new byte[Digest.ByteCount];
        json.Finish(digest);
        Assert.That(digest, Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes(expected))));
    }
}
