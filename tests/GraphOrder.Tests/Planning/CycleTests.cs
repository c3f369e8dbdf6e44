using System.Diagnostics;

namespace GraphOrder.Tests.Planning;

/// <summary>Cycles that are many, long or hard to see: how short they are told, and how soon.</summary>
[TestFixture]
public sealed class CycleTests
{
    [Test]
    public void A_hundred_thousand_cycles_are_told_in_time_that_grows_with_them_and_not_with_their_square()
    {
        TimeSpan few = TimeOfCycles(5_000);
        TimeSpan many = TimeOfCycles(100_000);
        Assert.That(many, Is.LessThan(200 * few), "20 times as many, so about 20 times as long");
    }

    [Test]
    public void Beyond_the_limit_of_the_exact_search_a_walk_is_not_called_the_shortest()
    {
        SessionSet set = SessionSetGenerator.Generate("cycle", GeneratorOptions.Default with { Objects = 15_000 });

        DependencyCycle cycle = Planner.Plan(set, KernelPair.Linux73).Diagnostics
            .First(problem => problem.Cycle is not null).Cycle!;

        Assert.That(15_000L * 15_000, Is.GreaterThan(ShortestWalk.ExactMax));
        Assert.That(cycle.IsShortest, Is.False);
        Assert.That(cycle.Steps, Has.Length.EqualTo(15_000));
    }

    [Test]
    public void A_cycle_of_objects_is_as_short_as_a_search_from_every_object_finds()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            int count = random.Next(3, 14);
            bool[,] needs = new bool[count, count];
            DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
            ObjectId[] ids = new ObjectId[count];
            for (int i = 0; i < count; i++)
            {
                builder.AddFile(session, $"o{i}", ObjectKind.File, out ids[i]);
            }

            for (int arc = 0; arc < count * 3 / 2; arc++)
            {
                (int dependent, int on) = (random.Next(count), random.Next(count));
                if (dependent != on && !needs[dependent, on])
                {
                    needs[dependent, on] = true;
                    builder.AddDependency(ids[dependent], on: ids[on]);
                }
            }

            int[] told =
            [
                .. Planner.Plan(builder.BuildSet(), KernelPair.Linux73).Diagnostics
                    .Where(problem => problem.Code == DiagnosticCode.ObjectCycle)
                    .Select(problem => problem.Cycle!.Steps.Length),
            ];
            Assert.That(told.Length == 0 ? 0 : told.Min(), Is.EqualTo(ShortestCycle(needs)), $"seed {seed}");
        }
    }

    private static TimeSpan TimeOfCycles(int count)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(session, $"a{i}", ObjectKind.Memfd, out ObjectId one)
                .AddFile(session, $"b{i}", ObjectKind.Memfd, out ObjectId other)
                .AddDependency(one, on: other)
                .AddDependency(other, on: one);
        }

        SessionSet set = builder.BuildSet();
        Stopwatch watch = Stopwatch.StartNew();
        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        watch.Stop();
        Assert.That(result.Diagnostics.Count(d => d.Code == DiagnosticCode.ObjectCycle), Is.EqualTo(100));
        Assert.That(
            result.Diagnostics.First(d => d.Fact("of") == "GO2001").Fact("count"), Is.EqualTo($"{count - 100}"));
        return watch.Elapsed;
    }

    // The length of a shortest closed walk; 0 where there is none.
    private static int ShortestCycle(bool[,] needs)
    {
        int count = needs.GetLength(0);
        int shortest = 0;
        for (int start = 0; start < count; start++)
        {
            HashSet<int> reached = [start];
            List<int> level = [start];
            for (int length = 1; level.Count > 0; length++)
            {
                if (level.Exists(vertex => needs[vertex, start]))
                {
                    shortest = shortest == 0 ? length : Math.Min(shortest, length);
                    break;
                }

                level = [.. level.SelectMany(vertex => Enumerable.Range(0, count)
                    .Where(next => needs[vertex, next])).Distinct().Where(reached.Add)];
            }
        }

        return shortest;
    }
}
