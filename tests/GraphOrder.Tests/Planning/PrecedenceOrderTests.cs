namespace GraphOrder.Tests.Planning;

/// <summary>What an order says of a graph, against the definition, taken literally.</summary>
[TestFixture]
public sealed class PrecedenceOrderTests
{
    private static readonly int CaseCount = Effort.Of(20_000);

    [Test]
    public void Contradictions_are_the_components_with_two_steps_and_each_vertex_is_stood_for_by_its_first()
    {
        PrecedenceOrder again = new(new OrderScratch());
        int contradictions = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);

            again.Solve(random.Graph, default);

            List<int[]> expected = random.Contradictions();
            Assert.That(again.Contradictions, Is.EqualTo(expected), $"seed {seed}");
            Assert.That(again.IsPossible, Is.EqualTo(expected.Count == 0), $"seed {seed}");
            foreach (int vertex in random.Vertices)
            {
                int first = random.ComponentOf(vertex)[0];
                Assert.That(again.RepresentativeOf(vertex), Is.EqualTo(first), $"seed {seed}, {vertex}");
                Assert.That(
                    again.HomeOf(random.Graph, vertex), Is.EqualTo(random.Graph.IsStep(first) ? first : -1),
                    $"seed {seed}, {vertex}");
            }

            contradictions += expected.Count;
        }

        Assert.That(contradictions, Is.GreaterThan(CaseCount / 5), "not vacuous");
    }

    [Test]
    public void The_wave_of_a_step_is_one_more_than_the_greatest_of_those_before_it()
    {
        PrecedenceOrder again = new(new OrderScratch());
        int most = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);
            again.Solve(random.Graph, default);
            if (!again.IsPossible)
            {
                continue;
            }

            int[] expected = new int[random.Graph.StepCount];
            for (int round = 0; round < expected.Length; round++)
            {
                foreach (int step in random.Steps)
                {
                    random.Following(step).ForEach(
                        then => expected[then] = Math.Max(expected[then], expected[step] + 1));
                }
            }

            Assert.That(again.Waves[..expected.Length].ToArray(), Is.EqualTo(expected), $"seed {seed}");
            Assert.That(again.Waves.Length, Is.EqualTo(random.Graph.VertexCount));
            int[] sorted = new int[expected.Length];
            again.Sort(sorted);
            Assert.That(sorted, Is.EqualTo(random.Steps.OrderBy(step => expected[step])), $"seed {seed}");
            most = Math.Max(most, expected.Max());
        }

        Assert.That(most, Is.GreaterThan(3), "not vacuous");
    }

    [Test]
    public void Some_steps_are_sorted_in_the_order_given_inside_a_wave()
    {
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);
            PrecedenceOrder order = PrecedenceOrder.Of(random.Graph, default);
            if (order.IsPossible)
            {
                int[] waves = order.Waves.ToArray();
                int[] steps = [.. random.Steps.Reverse().Where(step => step % 3 != seed % 3)];
                int[] sorted = new int[steps.Length];

                order.Sort(steps, sorted);

                Assert.That(sorted, Is.EqualTo(steps.OrderBy(step => waves[step])), $"seed {seed}");
            }
        }
    }

    [Test]
    public void A_delayed_step_stands_directly_before_what_must_follow_and_all_others_stay()
    {
        int moved = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);
            PrecedenceOrder order = PrecedenceOrder.Of(random.Graph, default);
            if (!order.IsPossible)
            {
                continue;
            }

            int[] before = order.Waves[..random.Graph.StepCount].ToArray();
            int[] delayed = [.. random.Steps.Where(step => (seed >> step) % 2 == 0)];

            order.Delay(random.Graph, delayed, default);

            int[] after = order.Waves[..before.Length].ToArray();
            foreach (int step in random.Steps)
            {
                int last = random.Following(step).Select(then => after[then] - 1).Append(before.Max()).Min();
                Assert.That(
                    after[step], Is.EqualTo(delayed.Contains(step) ? last : before[step]),
                    $"seed {seed}, step {step}");
                moved += after[step] == before[step] ? 0 : 1;
            }
        }

        Assert.That(moved, Is.GreaterThan(CaseCount / 5), "not vacuous");
    }

    [Test]
    public void A_cancelled_token_ends_it_before_anything_is_ordered() =>
        Assert.That(
            () => PrecedenceOrder.Of(new PrecedenceGraph(3), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
}
