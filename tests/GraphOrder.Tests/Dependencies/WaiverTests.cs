namespace GraphOrder.Tests.Dependencies;

[TestFixture]
public sealed class WaiverTests
{
    [TestCase("a=>b", "a", "b", null)]
    [TestCase("a=>b@finish", "a", "b", Phase.Finish)]
    [TestCase("a=>b@home", "a", "b@home", null, Description = "no phase is called home")]
    [TestCase("a=>b@home@freeze", "a", "b@home", Phase.Freeze)]
    [TestCase("session:x=>session:y", "session:x", "session:y", null)]
    [TestCase("a=>@finish", "a", "@finish", null, Description = "an id may be called that")]
    public void Ends_and_phase_are_read(string text, string dependent, string on, Phase? phase)
    {
        Assert.That(Waiver.TryParse(text, out Waiver? waiver), Is.True);
        Assert.That(waiver, Is.EqualTo(new Waiver(dependent, on, phase)));
        Assert.That(waiver!.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("=>b")]
    [TestCase("a=>")]
    [TestCase("a->b")]
    public void What_has_no_two_ends_is_none(string text) =>
        Assert.That(Waiver.TryParse(text, out _), Is.False);
}
