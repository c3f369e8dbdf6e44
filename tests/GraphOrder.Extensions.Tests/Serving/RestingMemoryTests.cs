namespace GraphOrder.Extensions.Tests.Serving;

[TestFixture]
[NonParallelizable]
public sealed class RestingMemoryTests
{
    [Test]
    public void Memory_is_given_back_once_after_requests_have_stopped()
    {
        Clock clock = new();
        RestingMemory resting = new(TimeSpan.FromSeconds(2), clock);

        Assert.That(Collections(() => resting.Look(0)), Is.Zero, "nothing was asked yet");
        clock.Seconds = 10;
        Assert.That(Collections(() => resting.Look(0)), Is.Zero, "nothing was asked yet");
        Assert.That(Collections(() => resting.Look(5)), Is.Zero, "something was asked just now");
        clock.Seconds = 11;
        Assert.That(Collections(() => resting.Look(5)), Is.Zero, "not for long enough");
        clock.Seconds = 13;
        Assert.That(Collections(() => resting.Look(5)), Is.Positive);
        clock.Seconds = 100;
        Assert.That(Collections(() => resting.Look(5)), Is.Zero, "it was given back already");
    }

    [Test]
    public void Where_nobody_wants_it_nothing_is_collected()
    {
        Clock clock = new();
        RestingMemory resting = new(null, clock);
        resting.Look(1);
        clock.Seconds = 1_000_000;

        Assert.That(Collections(() => resting.Look(1)), Is.Zero);
    }

    private static int Collections(Action look)
    {
        int before = GC.CollectionCount(GC.MaxGeneration);
        look();
        return GC.CollectionCount(GC.MaxGeneration) - before;
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
