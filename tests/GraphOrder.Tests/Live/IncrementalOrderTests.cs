namespace GraphOrder.Tests.Live;

[TestFixture]
public sealed class IncrementalOrderTests
{
    private const int SeedCount = 300;
    private const int StepCount = 400;

    [TestCase(44)]
    [TestCase(7)]
    public void Whatever_comes_and_goes_the_order_is_legal_and_only_cycles_are_refused(int placeBits)
    {
        int refused = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Random random = new(seed);
            BruteOrder brute = new(new IncrementalOrder(placeBits));
            int vertexMax = random.Next(2, 16);
            int arcMax = random.Next(1, 3 * vertexMax);
            for (int step = 0; step < StepCount; step++)
            {
                refused += brute.Step(random, vertexMax, arcMax, $"seed {seed}, step {step}") ? 0 : 1;
            }
        }

        TestContext.Out.WriteLine($"{refused:N0} of {SeedCount * StepCount:N0} refused");
        Assert.That(refused, Is.GreaterThan(SeedCount));
    }

    // Long paths make levels, which small graphs do not reach.
    [TestCase(1)]
    [TestCase(20)]
    [TestCase(1_000)]
    public void A_large_order_is_legal_after_each_hundred_of_random_arcs(int layerCount)
    {
        const int vertexCount = 2_000;
        Random random = new(layerCount);
        int[] hidden = [.. Enumerable.Range(0, vertexCount)];
        random.Shuffle(hidden);
        IncrementalOrder order = new();
        foreach (int _ in hidden)
        {
            order.AddVertex();
        }

        List<(int First, int Then, int Arc)> arcs = [];
        for (int i = 0; i < 6 * vertexCount; i++)
        {
            int first = random.Next(vertexCount);
            int then = layerCount == 1
                ? random.Next(vertexCount)
                : first + vertexCount / layerCount * random.Next(1, 3);
            if (then >= vertexCount || then == first)
            {
                continue;
            }

            (first, then) = (Math.Min(first, then), Math.Max(first, then));
            Assert.That(order.TryAddArc(hidden[first], hidden[then], out int arc), Is.True, $"arc {i}");
            arcs.Add((hidden[first], hidden[then], arc));
            if (i % 100 == 0)
            {
                Assert.That(arcs.All(found => order.GoesFirst(found.First, found.Then)), Is.True, $"arc {i}");
                (int closeThen, int closeFirst, _) = arcs[random.Next(arcs.Count)];
                Assert.That(order.TryAddArc(closeFirst, closeThen, out _), Is.False);
                int gone = random.Next(arcs.Count);
                order.RemoveArc(arcs[gone].Arc);
                arcs.RemoveAt(gone);
            }
        }
    }

    // Every order in which the arcs of a chain can come, and the arc that would close it.
    [Test]
    public void A_chain_takes_its_arcs_in_any_order_and_refuses_to_be_closed()
    {
        int[] arcs = [0, 1, 2, 3, 4, 5];
        foreach (int[] sequence in Permutations(arcs, 0))
        {
            IncrementalOrder order = new();
            for (int vertex = 0; vertex <= arcs.Length; vertex++)
            {
                order.AddVertex();
            }

            foreach (int first in sequence)
            {
                Assert.That(order.TryAddArc(arcs.Length - first, arcs.Length - first - 1, out _), Is.True);
            }

            Assert.That(order.TryAddArc(0, arcs.Length, out int none), Is.False);
            Assert.That(none, Is.EqualTo(-1));
            Assert.That(arcs.All(vertex => order.GoesFirst(vertex + 1, vertex)), Is.True);
        }
    }

    [Test]
    public void A_vertex_before_itself_is_a_cycle()
    {
        IncrementalOrder order = new();
        int vertex = order.AddVertex();
        Assert.That(order.TryAddArc(vertex, vertex, out _), Is.False);
    }

    [Test]
    public void What_is_not_there_is_misuse()
    {
        IncrementalOrder order = new();
        int first = order.AddVertex();
        int then = order.AddVertex();
        order.TryAddArc(first, then, out int arc);
        Assert.That(() => order.RemoveVertex(first), Throws.ArgumentException);
        Assert.That(() => order.TryAddArc(first, 2, out _), Throws.ArgumentException);
        Assert.That(() => order.TryAddArc(-1, then, out _), Throws.ArgumentException);
        order.RemoveArc(arc);
        Assert.That(() => order.RemoveArc(arc), Throws.ArgumentException);
        order.RemoveVertex(first);
        Assert.That(() => order.GoesFirst(first, then), Throws.ArgumentException);
        Assert.That(() => order.RemoveVertex(first), Throws.ArgumentException);
        Assert.That((order.VertexCount, order.ArcCount), Is.EqualTo((1, 0)));
        Assert.That(order.AddVertex(), Is.EqualTo(first), "its number comes again");
    }

    [Test]
    public void Coming_and_going_allocates_nothing_once_there_was_as_much()
    {
        IncrementalOrder order = new();
        ComeAndGo(order);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ComeAndGo(order);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void ComeAndGo(IncrementalOrder order)
    {
        const int vertexCount = 500;
        Span<int> vertices = stackalloc int[vertexCount];
        Span<int> arcs = stackalloc int[vertexCount - 1];
        foreach (ref int vertex in vertices)
        {
            vertex = order.AddVertex();
        }

        for (int i = 0; i < arcs.Length; i++)
        {
            order.TryAddArc(vertices[i + 1], vertices[i], out arcs[i]);
        }

        foreach (int arc in arcs)
        {
            order.RemoveArc(arc);
        }

        foreach (int vertex in vertices)
        {
            order.RemoveVertex(vertex);
        }
    }

    private static IEnumerable<int[]> Permutations(int[] items, int start)
    {
        if (start == items.Length)
        {
            yield return [.. items];
        }

        for (int i = start; i < items.Length; i++)
        {
            (items[start], items[i]) = (items[i], items[start]);
            foreach (int[] permutation in Permutations(items, start + 1))
            {
                yield return permutation;
            }

            (items[start], items[i]) = (items[i], items[start]);
        }
    }
}
