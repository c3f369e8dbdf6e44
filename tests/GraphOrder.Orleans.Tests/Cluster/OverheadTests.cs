using System.Diagnostics;

namespace GraphOrder.Orleans.Tests;

/// <summary>
/// Hosts planned per second through grains, against the bare planner on the same documents in the same run.
/// What is judged is the processors' time a host, as a ratio: other programs on the machine change it little.
/// Hosts per second and their ratio are printed; they wait for the disk too, and for other programs.
/// </summary>
/// <remarks>
/// Three silos have a file each, since a file that all write into is no storage of a fleet: writers of one
/// wait for one another's commits.
/// </remarks>
[TestFixture]
[NonParallelizable]
public sealed class OverheadTests
{
    private const int Rounds = 5;
    private const int WarmUps = 2;
    private const int AtOnce = 64;

    private byte[][] _documents = [];

    // GRAPHORDER_HOSTS=5000 gives steadier figures.
    [Test]
    public async Task Planning_through_grains_costs_less_than_three_times_the_bare_planner()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("GRAPHORDER_HOSTS") ?? "800");
        _documents = [.. Enumerable.Range(0, 200).Select(static i => Documents.Of40((ulong)i + 1))];
        await using FleetCluster one = await FleetCluster.StartAsync();
        await using FleetCluster three = await FleetCluster.StartAsync(3, storage: FleetStorage.SqliteEach);
        await using FleetCluster memory = await FleetCluster.StartAsync(storage: FleetStorage.Memory);
        string[] names = ["bare", "1 silo, SQLite", "3 silos, SQLite each", "1 silo, memory"];
        Func<int, Task>[] ways =
        [
            _ => Task.Run(() => PlanBare(count)),
            round => DeclareAsync(one, round, count),
            round => DeclareAsync(three, round, count),
            round => DeclareAsync(memory, round, count),
        ];
        double[][] rates = [.. ways.Select(static _ => new double[Rounds])];
        double[][] costs = [.. ways.Select(static _ => new double[Rounds])];
        for (int round = -WarmUps; round < Rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                TimeSpan spent = Environment.CpuUsage.TotalTime;
                long begun = Stopwatch.GetTimestamp();
                await ways[way](round);
                if (round >= 0)
                {
                    rates[way][round] = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
                    costs[way][round] = (Environment.CpuUsage.TotalTime - spent).TotalMicroseconds / count;
                }
            }
        }

        double[] ratios =
        [
            .. costs.Select(cost => Median(cost.Select((each, round) => each / costs[0][round]))),
        ];
        double[] factors =
        [
            .. rates.Select(rate => Median(rate.Select((each, round) => rates[0][round] / each))),
        ];
        for (int way = 0; way < ways.Length; way++)
        {
            TestContext.Out.WriteLine(
                $"{names[way]}: {Median(rates[way]):f0} hosts/s ({rates[way].Min():f0} to {rates[way].Max():f0}), "
                + $"factor {factors[way]:f2}; "
                + $"{Median(costs[way]):f0} us of processors a host, factor {ratios[way]:f2}");
        }

        TestContext.Out.WriteLine(
            $"{count} hosts of 40 objects and 100 dependencies, {_documents[0].Length} bytes each, medians of {Rounds} rounds, "
            + $"{Environment.ProcessorCount} processors");
        // The least of each way, which nothing else on the machine has made larger; memory's JSON is not
        // ours.
        double[] least = [.. costs.Select(cost => cost.Min() / costs[0].Min())];
        TestContext.Out.WriteLine($"least costs: {string.Join(", ", least.Select(static each => $"{each:f2}"))}");
        Assert.That(least[1], Is.LessThan(3), names[1]);
        Assert.That(least[2], Is.LessThan(3), names[2]);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private void PlanBare(int count)
    {
        int next = -1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            PlanWorkspace workspace = new();
            while (Interlocked.Increment(ref next) is int i && i < count)
            {
                SessionSet read = SessionSet.Read(new MemoryStream(_documents[i % _documents.Length]), "host");
                PlanResult result = workspace.Plan(
                    DependencyGraph.Of(read),
                    KernelPair.Of(read.Host),
                    new PlanOptions { WithCertificate = true });
                using MemoryStream plan = new();
                PlanWriter.Write(plan, result);
                Assert.That(plan.ToArray(), Is.Not.Empty);
            }
        });
    }

    private async Task DeclareAsync(FleetCluster cluster, int round, int count)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is int i && i < count)
            {
                HostStanding standing = await cluster.Host($"r{round}/h{i}").DeclareAsync(_documents[i % _documents.Length]);
                Assert.That(standing.IsReady, standing.Why);
            }
        }));
    }
}
