namespace GraphOrder.Tests.Planning;

/// <summary>Every way to waves against the definition, taken literally.</summary>
[TestFixture]
public sealed class OrderingKernelTests
{
    // Cells behind those that are asked for: none may change.
    private const int Behind = 3;

    [Test]
    public void Both_ways_give_the_length_of_the_longest_path([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        int acyclic = 0;
        for (int round = 0; round < 2_000; round++)
        {
            int count = 1 + random.Next(14);
            int stepCount = random.Next(count + 1);
            (int[] firsts, int[] thens) = Arcs(random, count, isAcyclic: random.Next(2) == 0);
            int[] longest = Longest(count, stepCount, firsts, thens, out int ordered);
            acyclic += ordered == count ? 1 : 0;
            OrderRows rows = OrderRows.Of(count, firsts, thens);
            int[] swept = Used(random, count + Behind);
            int[] levelled = [.. swept];
            int[] behind = swept[count..];
            int[] scratch = Used(random, (2 * count) + Behind);
            int[] behindScratch = scratch[(2 * count)..];

            int sweptCount = OrderingKernel.Sweep(rows, stepCount, swept, scratch, default);
            int levelledCount = OrderingKernel.Levels(rows, stepCount, levelled, scratch, default);

            string name = $"seed {seed}, round {round}";
            Assert.That((sweptCount, levelledCount), Is.EqualTo((ordered, ordered)), name);
            Assert.That(swept, Is.EqualTo(longest.Concat(behind)), name);
            Assert.That(levelled, Is.EqualTo(longest.Concat(behind)), name);
            Assert.That(scratch[(2 * count)..], Is.EqualTo(behindScratch), name);
        }

        Assert.That(acyclic, Is.InRange(500, 1_900));
    }

    [Test]
    public void Arcs_that_lie_in_order_need_no_rows([Range(1, 2)] int seed)
    {
        Random random = new(seed);
        int swept = 0;
        for (int round = 0; round < 2_000; round++)
        {
            int count = 1 + random.Next(14);
            (int[] firsts, int[] thens) = Arcs(random, count, isAcyclic: true);
            if (random.Next(4) > 0)
            {
                (firsts, thens) = InOrder(firsts, thens, isBackward: random.Next(2) == 0);
            }

            int[] longest = Longest(count, count, firsts, thens, out _);
            int[] waves = new int[count];
            Array.Fill(waves, -7);

            bool isInOrder = OrderingKernel.TrySweepArcs(firsts, thens, waves);

            Assert.That(isInOrder, Is.EqualTo(LieInOrder(firsts, thens)), $"seed {seed}, round {round}");
            Assert.That(!isInOrder || waves.AsSpan().SequenceEqual(longest), $"seed {seed}, round {round}");
            swept += isInOrder && firsts.Length > 4 ? 1 : 0;
        }

        Assert.That(swept, Is.GreaterThan(500));
    }

    [Test]
    public void Columns_that_lie_in_order_need_no_rows_whatever_does_not_count([Range(1, 2)] int seed)
    {
        Random random = new(seed);
        int swept = 0;
        for (int round = 0; round < 2_000; round++)
        {
            int count = 1 + random.Next(14);
            (int[] firsts, int[] thens) = Arcs(random, count, isAcyclic: true);
            (firsts, thens) = InOrder(firsts, thens, isBackward: random.Next(8) == 0);
            bool[] counts = [.. Enumerable.Range(0, 3).Select(_ => random.Next(3) > 0)];
            byte[] classes = [.. firsts.Select(_ => (byte)random.Next(counts.Length))];
            for (int arc = 0; arc < firsts.Length; arc++)
            {
                // Of one that does not count, and of one that leads to itself, nothing is asked.
                bool isSilent = random.Next(8) == 0;
                firsts[arc] = counts[classes[arc]] && !isSilent ? firsts[arc] : random.Next(count);
                thens[arc] = isSilent ? firsts[arc] : counts[classes[arc]] ? thens[arc] : random.Next(count);
            }

            (int First, int Then)[] counted =
            [
                .. firsts.Zip(thens).Where((arc, place) => counts[classes[place]] && arc.First != arc.Second),
            ];
            int[] countedFirsts = [.. counted.Select(arc => arc.First)];
            int[] countedThens = [.. counted.Select(arc => arc.Then)];
            int[] waves = Used(random, count);

            bool isInOrder = OrderingKernel.TrySweepColumns(firsts, thens, classes, counts, waves);

            string name = $"seed {seed}, round {round}";
            Assert.That(isInOrder, Is.EqualTo(LieForward(countedFirsts, countedThens)), name);
            int[] longest = Longest(count, count, countedFirsts, countedThens, out _);
            Assert.That(!isInOrder || waves.AsSpan().SequenceEqual(longest), name);
            swept += isInOrder && counted.Length > 4 ? 1 : 0;
        }

        Assert.That(swept, Is.GreaterThan(400));
    }

    [Test]
    public void There_are_as_many_arcs_as_the_shortest_column_has([Range(0, 2)] int shortest)
    {
        int[] firsts = [0, 1, 2];
        int[] thens = [1, 2, 3];
        byte[] classes = [0, 0, 0];
        int[] waves = new int[4];

        bool isInOrder = OrderingKernel.TrySweepColumns(
            shortest == 0 ? firsts[..2] : firsts, shortest == 1 ? thens[..2] : thens,
            shortest == 2 ? classes[..2] : classes, [true], waves);

        Assert.That(isInOrder, Is.True);
        Assert.That(waves, Is.EqualTo(new[] { 0, 1, 2, 0 }));
    }

    // It would wait for itself.
    [TestCase(new[] { 1 }, new[] { 1 })]
    [TestCase(new[] { 0, 2 }, new[] { 1, 2 })]
    [TestCase(new[] { 1, 2 }, new[] { 1, 0 })]
    public void An_arc_from_a_vertex_to_itself_is_in_no_order(int[] firsts, int[] thens) =>
        Assert.That(OrderingKernel.TrySweepArcs(firsts, thens, new int[3]), Is.False);

    [Test]
    public void A_graph_whose_arcs_lead_far_is_not_local_and_one_of_guests_is()
    {
        Random random = new(5);
        int[] firsts = new int[100_000];
        int[] far = new int[firsts.Length];
        int[] near = new int[firsts.Length];
        for (int arc = 0; arc < firsts.Length; arc++)
        {
            firsts[arc] = random.Next(500_000);
            far[arc] = random.Next(500_000);
            near[arc] = Math.Min(500_000, firsts[arc] + 1 + random.Next(40));
        }

        OrderRows scattered = OrderRows.Of(500_001, firsts, far);
        OrderRows host = OrderRows.Of(500_001, firsts, near);

        Assert.That((scattered.IsLocal, host.IsLocal), Is.EqualTo((false, true)));
    }

    [Test]
    public void Waves_are_sorted_stably()
    {
        int[] sorted = new int[5];

        OrderingKernel.SortByWave([2, 0, 1, 0, 2], sorted, [9, 9, 9, 9, 9, 9]);

        Assert.That(sorted, Is.EqualTo(new[] { 1, 3, 2, 0, 4 }));
    }

    [Test]
    public void The_greatest_wave_of_none_is_the_first()
    {
        Assert.That(OrderingKernel.Max([]), Is.Zero);
        Assert.That(OrderingKernel.Max([3, 9, 2]), Is.EqualTo(9));
    }

    [Test]
    public void A_cancelled_token_ends_both_ways()
    {
        OrderRows rows = OrderRows.Of(4096, [0], [1]);
        int[] waves = new int[4096];
        int[] scratch = new int[8192];

        Assert.That(
            () => OrderingKernel.Sweep(rows, 4096, waves, scratch, new(true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => OrderingKernel.Levels(rows, 4096, waves, scratch, new(true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_sweep_looks_for_a_cancelled_token_before_the_first_vertex() =>
        Assert.That(
            () => OrderingKernel.Sweep(OrderRows.Of(1, [], []), 1, new int[1], new int[2], new(true)),
            Throws.InstanceOf<OperationCanceledException>());

    private static int[] Used(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(-9, 9))];

    private static (int[] Firsts, int[] Thens) Arcs(Random random, int count, bool isAcyclic)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        random.Shuffle(places);
        List<(int First, int Then)> arcs = [];
        for (int i = random.Next(count * 2); i > 0 && count > 1; i--)
        {
            int first = random.Next(count);
            int then = random.Next(count);
            if (first != then)
            {
                arcs.Add(isAcyclic && places[first] > places[then] ? (then, first) : (first, then));
            }
        }

        return ([.. arcs.Select(arc => arc.First)], [.. arcs.Select(arc => arc.Then)]);
    }

    // The same shape with every arc from a smaller number to a greater one, by the greater; or mirrored.
    private static (int[] Firsts, int[] Thens) InOrder(int[] firsts, int[] thens, bool isBackward)
    {
        (int Low, int High)[] arcs =
        [
            .. firsts.Zip(thens, (first, then) => (Low: Math.Min(first, then), High: Math.Max(first, then)))
                .OrderBy(arc => arc.High),
        ];
        int[] low = [.. arcs.Select(arc => arc.Low)];
        int[] high = [.. arcs.Select(arc => arc.High)];
        return isBackward ? (high, low) : (low, high);
    }

    private static bool LieInOrder(int[] firsts, int[] thens)
    {
        bool isBackward =
            firsts.Zip(thens).All(arc => arc.First > arc.Second) && firsts.SequenceEqual(firsts.Order());
        return isBackward || LieForward(firsts, thens);
    }

    private static bool LieForward(int[] firsts, int[] thens) =>
        firsts.Zip(thens).All(arc => arc.First < arc.Second) && thens.SequenceEqual(thens.Order());

    // Relaxed until nothing changes; what still waits for something is on a cycle or behind one.
    private static int[] Longest(int count, int stepCount, int[] firsts, int[] thens, out int ordered)
    {
        bool[] isOrdered = new bool[count];
        int[] longest = new int[count];
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            for (int vertex = 0; vertex < count; vertex++)
            {
                int[] into = [.. Enumerable.Range(0, firsts.Length).Where(arc => thens[arc] == vertex)
                    .Select(arc => firsts[arc])];
                if (!isOrdered[vertex] && into.All(first => isOrdered[first]))
                {
                    isOrdered[vertex] = hasChanged = true;
                    longest[vertex] = into.Select(first => longest[first] + (first < stepCount ? 1 : 0))
                        .DefaultIfEmpty(0).Max();
                }
            }
        }

        ordered = isOrdered.Count(each => each);
        return [.. longest.Select((wave, vertex) => isOrdered[vertex] ? wave : OrderingKernel.None)];
    }
}
