namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class PlainTextTests
{
    [TestCase("vm-01/ram", "vm-01/ram")]
    [TestCase("a\nb", "a\\nb")]
    [TestCase("a\r\tb", "a\\r\\tb")]
    [TestCase("\u001b[32mLEGAL", "\\x1b[32mLEGAL")]
    [TestCase("a\u007fb\u0000", "a\\x7fb\\x00")]
    [TestCase("a\u202eb", "a\\u{202e}b")]
    [TestCase("caf\u00e9", "caf\\u{e9}")]
    [TestCase("\U0001f600", "\\u{1f600}")]
    [TestCase("a\\nb", "a\\\\nb")]
    [TestCase("vm 1", "\"vm 1\"")]
    [TestCase("say \"x\"", "\"say \\\"x\\\"\"")]
    [TestCase("", "\"\"")]
    public void An_id_becomes_printable_ascii_and_one_word(string id, string expected) =>
        Assert.That(PlainText.Id(id), Is.EqualTo(expected));

    [Test]
    public void A_lone_surrogate_is_shown_as_the_replacement_character() =>
        Assert.That(PlainText.Id("a\ud800b"), Is.EqualTo("a\\u{fffd}b"));

    [Test]
    public void A_sentence_keeps_its_backslashes_and_quotation_marks() =>
        Assert.That(PlainText.Sentence("'a\\b' \"c\"\n"), Is.EqualTo("'a\\b' \"c\"\\n"));

    [Test]
    public void Two_ids_never_look_alike()
    {
        string[] ids =
            ["a b", "\"a b\"", "a\nb", "a\\nb", "\"a\\nb\"", "a", "\"a\"", "\\", "\\\\", "\u00e9", "\\u{e9}"];
        Assert.That(ids.Select(PlainText.Id).Distinct().Count(), Is.EqualTo(ids.Length));
    }
}
