namespace GraphOrder.LiveUpdate.Tests;

/// <summary>What journals tell of how long steps take.</summary>
[TestFixture]
public sealed class MeasuredCostsTests
{
    private static readonly KernelIdentity Old = new("7.3.4", "old", 1);

    [Test]
    public void Each_step_that_was_done_counts_under_what_it_moves()
    {
        MeasuredCosts costs = new();
        costs.Add(Run(static writer =>
        {
            Do(writer, 0, StepVerb.Preserve, "ram", 1);
            Do(writer, 1, StepVerb.Create, "", 2);
            Do(writer, 2, StepVerb.Preserve, "ram", 3);
            Do(writer, 3, StepVerb.Act, "pause", 4);
            writer.Kernel(Old with { Boot = "new" });
            Do(writer, 4, StepVerb.RetrieveSession, "", 5);
            Do(writer, 5, StepVerb.Retrieve, "ram", 6);
            Do(writer, 6, StepVerb.Act, "pause", 7);
            Do(writer, 7, StepVerb.Finish, "", 8);
            writer.Begin(8, StepVerb.Retrieve, "vm"u8, "other"u8, 1);
            writer.End(8, 9, Errno.Busy);
        }));

        Assert.That(costs.Count, Is.EqualTo(5));
        AssertTimes(costs, "ram", Phase.Preserve, 3, 3);
        AssertTimes(costs, "ram", Phase.Retrieve, 6, 6);
        AssertTimes(costs, "pause", Phase.Preserve, 4, 4);
        AssertTimes(costs, "pause", Phase.Retrieve, 7, 7);
        AssertTimes(costs, "session:vm", Phase.Finish, 8, 8);
        Assert.That(costs.TryFind("other", Phase.Retrieve, out long median, out long p99), Is.False);
        Assert.That((median, p99), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Half_of_the_times_are_no_longer_than_the_median_and_99_of_100_than_p99()
    {
        MeasuredCosts costs = new();
        for (int i = 200; i > 0; i--)
        {
            int time = i;
            costs.Add(Run(writer => Do(writer, 1, StepVerb.Preserve, "ram", time)));
        }

        AssertTimes(costs, "ram", Phase.Preserve, 100, 198);
        costs.Add(Run(static writer => Do(writer, 1, StepVerb.Preserve, "few", 30)));
        costs.Add(Run(static writer => Do(writer, 1, StepVerb.Preserve, "few", 10)));
        costs.Add(Run(static writer => Do(writer, 1, StepVerb.Preserve, "few", 20)));
        AssertTimes(costs, "few", Phase.Preserve, 20, 30);
        Assert.That(costs.Count, Is.EqualTo(203));
    }

    private static void AssertTimes(MeasuredCosts costs, string name, Phase phase, long median, long p99)
    {
        Assert.That(costs.TryFind(name, phase, out long foundMedian, out long foundP99), Is.True, name);
        Assert.That((foundMedian, foundP99), Is.EqualTo((median, p99)), name);
    }

    private static Journal Run(Action<JournalWriter> steps)
    {
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(new JournalHeader("an id", CustodyKind.Luod, "linux-7.3", Old));
        steps(writer);
        return JournalReader.Read(store.Bytes);
    }

    private static void Do(JournalWriter writer, int step, StepVerb verb, string id, long microseconds)
    {
        writer.Begin(step, verb, "vm"u8, System.Text.Encoding.UTF8.GetBytes(id), null);
        writer.End(step, microseconds, Errno.None);
    }
}
