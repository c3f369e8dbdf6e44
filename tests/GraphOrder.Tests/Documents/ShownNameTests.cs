namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class ShownNameTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(ShownName.LengthMax)]
    public void A_name_of_the_usual_length_is_whole(int length)
    {
        string name = new('n', length);
        Assert.That(ShownName.Of(name), Is.EqualTo(name));
    }

    [Test]
    public void A_longer_one_has_its_beginning_and_its_end()
    {
        string name = $"{new string('a', 72)}{new string('b', 10_000)}{new string('c', 45)}";
        Assert.That(ShownName.Of(name), Is.EqualTo($"{new string('a', 72)}...{new string('c', 45)}"));
    }

    [Test]
    public void A_letter_of_two_units_is_never_halved()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string shown = ShownName.Of(new string('a', shift) + string.Concat(Enumerable.Repeat("\U0001F600", 200)) + "z");
            Assert.That(shown, Has.Length.AtMost(ShownName.LengthMax));
            Assert.That(shown.EnumerateRunes().Select(static rune => rune.Value), Has.None.EqualTo(0xFFFD), $"{shift}");
        }
    }

    [Test]
    public void A_fact_may_be_longer_than_a_name_and_is_bounded_too()
    {
        Diagnostic unknown = new(DiagnosticCode.UnknownObject, DiagnosticSeverity.Error)
        {
            Facts = [new("id", new string('x', 10_000))],
        };
        Assert.That(DiagnosticSentences.Sentence(unknown), Has.Length.LessThan(600).And.Contain("x...x"));
    }
}
