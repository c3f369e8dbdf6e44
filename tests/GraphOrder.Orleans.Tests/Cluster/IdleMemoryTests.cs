using Orleans.Configuration;

namespace GraphOrder.Orleans.Tests;

/// <summary>What a host grain costs that nobody asks.</summary>
[TestFixture]
[NonParallelizable]
public sealed class IdleMemoryTests
{
    // The log of this test keeps its events too: less than a kilobyte a host, and counted here.
    [Test]
    public async Task An_idle_host_costs_its_documents_and_little_else_and_nothing_once_it_is_let_go()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("GRAPHORDER_HOSTS") ?? "1000");
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        byte[][] documents = [.. Enumerable.Range(0, 100).Select(static i => Documents.Of40((ulong)i + 1))];
        await DeclareAsync(cluster, documents, "warm", 200);
        await cluster.ForgetAsync();
        (long heapBefore, long setBefore) = Measure();

        await DeclareAsync(cluster, documents, "h", count);
        (long heapActive, long setActive) = Measure();
        int plan = (await cluster.Host("h0").PlanAsync()).Length;
        await cluster.ForgetAsync();
        (long heapAfter, long setAfter) = Measure();

        long active = (heapActive - heapBefore) / count;
        long gone = (heapAfter - heapBefore) / count;
        TestContext.Out.WriteLine(
            $"{count} hosts of {documents[0].Length} bytes of set and {plan} of plan: {active} bytes of heap a host while active "
            + $"({(setActive - setBefore) / count} of the process), {gone} after deactivation ({(setAfter - setBefore) / count}), "
            + $"which comes after {new GrainCollectionOptions().CollectionAge}");
        Assert.That(active, Is.LessThan(documents[0].Length + plan + 24_000));
        Assert.That(gone, Is.LessThan(5_000));
    }

    private static (long Heap, long WorkingSet) Measure()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    private static async Task DeclareAsync(FleetCluster cluster, byte[][] documents, string name, int count)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is int i && i < count)
            {
                Assert.That((await cluster.Host($"{name}{i}").DeclareAsync(documents[i % documents.Length])).IsReady);
            }
        }));
    }
}
