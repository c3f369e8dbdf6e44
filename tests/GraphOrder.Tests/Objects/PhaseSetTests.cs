namespace GraphOrder.Tests.Objects;

[TestFixture]
public sealed class PhaseSetTests
{
    [Test]
    public void The_operators_are_those_of_sets()
    {
        for (int left = 0; left < 64; left++)
        {
            for (int right = 0; right < 64; right++)
            {
                PhaseSet a = FromBits(left);
                PhaseSet b = FromBits(right);
                Assert.That(a & b, Is.EqualTo(FromBits(left & right)));
                Assert.That(a | b, Is.EqualTo(FromBits(left | right)));
                Assert.That(a - b, Is.EqualTo(FromBits(left & ~right)));
                Assert.That(a == b, Is.EqualTo(left == right));
            }
        }
    }

    [Test]
    public void Phases_come_in_phase_order()
    {
        PhaseSet set = PhaseSet.Of(Phase.Finish, Phase.Freeze);
        Assert.That(set.ToString(), Is.EqualTo("freeze, finish"));
        Assert.That(set.First, Is.EqualTo(Phase.Freeze));
        Assert.That(set.Count, Is.EqualTo(2));
        Assert.That(set.Without(Phase.Freeze).With(Phase.Freeze), Is.EqualTo(set));
        Assert.That(() => PhaseSet.None.First, Throws.InvalidOperationException);
    }

    [Test]
    public void By_default_a_dependency_binds_in_all_phases_but_unfreeze()
    {
        Assert.That(PhaseSet.Default.ToString(), Is.EqualTo(
            "preserve, freeze, unpreserve, retrieve, finish"));
        Assert.That(PhaseSet.All - PhaseSet.Default, Is.EqualTo(PhaseSet.Of(Phase.Unfreeze)));
    }

    private static PhaseSet FromBits(int bits)
    {
        PhaseSet set = PhaseSet.None;
        for (int phase = 0; phase < Phases.Count; phase++)
        {
            set = (bits >> phase & 1) != 0 ? set.With((Phase)phase) : set;
        }

        return set;
    }
}
