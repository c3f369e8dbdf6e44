using System.Text;
using GraphOrder.LiveUpdate.Tests;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Whole journals of updates of the simulated kernel, byte for byte: what the flight recorder's tests lay
/// beside the
/// plan. A change of the format shows here first.
/// </summary>
[TestFixture]
public sealed class RecordedUpdatesTests
{
    [TestCase("update-done", false)]
    [TestCase("update-damaged", true)]
    public void A_journal_is_as_it_was_recorded(string name, bool isDamaged)
    {
        UpdateWorld world = new(CustodyKind.Luod);
        Clock clock = new();
        Assert.That(KillTests.RunOld(world, new DyingStore([]), clock).End, Is.EqualTo(RunEnd.Ready));
        if (isDamaged)
        {
            world.Kernel.Damage("vm-01", 1, HandoverDamage.MissingPage);
        }

        world.Jump();
        DyingStore store = new([]);
        RunOutcome outcome = KillTests.RunNew(world, store, clock);

        Assert.That(outcome.End, Is.EqualTo(isDamaged ? RunEnd.Stopped : RunEnd.Done));
        Golden.Compare(Path.Combine(Repository.Root, "tests", "fixtures", "journals", $"{name}.journal"), Encoding.UTF8.GetString(store.Bytes));
    }

    /// <summary>Each look at the clock is a millisecond later.</summary>
    private sealed class Clock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(_milliseconds++);

        public override long GetTimestamp() => _milliseconds++;
    }
}
