namespace GraphOrder.Tests.Recovery;

/// <summary>Two reasons are one where they say the same.</summary>
[TestFixture]
public sealed class UnmetDependencyTests
{
    private static readonly UnmetDependency Reason =
        new(new ObjectId(1), new ObjectId(2), [new ObjectId(3)], Phase.Finish);

    private static IEnumerable<UnmetDependency> Others =>
    [
        Reason with { Dependent = new ObjectId(4) },
        Reason with { Dependent = new SessionId(1) },
        Reason with { On = new ObjectId(4) },
        Reason with { Through = [new ObjectId(4)] },
        Reason with { Through = [] },
        Reason with { Phase = Phase.Retrieve },
    ];

    [Test]
    public void Reasons_that_say_the_same_are_equal()
    {
        UnmetDependency same = new(new ObjectId(1), new ObjectId(2), [new ObjectId(3)], Phase.Finish);

        Assert.That(same, Is.EqualTo(Reason));
        Assert.That(same.GetHashCode(), Is.EqualTo(Reason.GetHashCode()));
    }

    [TestCaseSource(nameof(Others))]
    public void A_reason_that_differs_in_one_thing_is_another(UnmetDependency other) =>
        Assert.That(other.Equals(Reason), Is.False);

    [Test]
    public void No_reason_is_another() => Assert.That(Reason.Equals(null), Is.False);
}
