namespace GraphOrder.Tests.Dependencies;

/// <summary>The reduction against reachability that is counted by brute force.</summary>
[TestFixture]
public sealed class TransitiveReductionTests
{
    private const int Seed = 23;

    // Phases and strength of an arc of the small graphs; 0 is no arc.
    private static readonly (PhaseSet Phases, DependencyStrength Strength)[] Labels =
    [
        (PhaseSet.None, DependencyStrength.Hard),
        (PhaseSet.Of(Phase.Preserve), DependencyStrength.Hard),
        (PhaseSet.Of(Phase.Finish), DependencyStrength.Hard),
        (PhaseSet.Default, DependencyStrength.Hard),
        (PhaseSet.Of(Phase.Preserve), DependencyStrength.Soft),
        (PhaseSet.Default, DependencyStrength.Soft),
    ];

    [Test]
    public void Every_graph_of_three_objects_with_every_label_keeps_what_reaches_what_and_nothing_more()
    {
        int checkedCount = 0;
        int droppedCount = 0;
        int graphCount = (int)Math.Pow(Labels.Length, 6);
        for (int number = 0; number < graphCount; number++)
        {
            DependencyGraph graph = Small(3, number, Labels.Length);
            droppedCount += Check(graph);
            checkedCount++;
        }

        Assert.That(checkedCount, Is.EqualTo(46_656));
        Assert.That(droppedCount, Is.GreaterThan(10_000));
    }

    [Test]
    public void Every_graph_of_four_objects_in_one_phase_keeps_what_reaches_what_and_nothing_more()
    {
        for (int number = 0; number < 1 << 12; number++)
        {
            Check(Small(4, number, 2));
        }
    }

    [Test]
    public void Random_graphs_keep_what_reaches_what_and_nothing_more()
    {
        Random random = new(Seed);
        int droppedCount = 0;
        for (int round = 0; round < 400; round++)
        {
            int objectCount = random.Next(2, 12);
            bool isOrdered = round % 2 == 0;
            DependencyGraphBuilder builder = Objects(objectCount);
            for (int arc = random.Next(6 * objectCount); arc > 0; arc--)
            {
                int dependent = random.Next(objectCount);
                int on = random.Next(objectCount);
                if (dependent == on || (isOrdered && dependent < on))
                {
                    continue;
                }

                (PhaseSet phases, DependencyStrength strength) = Labels[random.Next(1, Labels.Length)];
                builder.AddDependency(new ObjectId(dependent), new ObjectId(on), phases, strength: strength);
            }

            droppedCount += Check(builder.Build());
        }

        Assert.That(droppedCount, Is.GreaterThan(200), $"seed {Seed}");
    }

    [Test]
    public void More_heads_than_a_word_has_bits_are_all_looked_at()
    {
        const int count = 150;
        DependencyGraphBuilder builder = Objects(count);
        for (int dependent = 1; dependent < count; dependent++)
        {
            for (int on = 0; on < dependent; on++)
            {
                builder.AddDependency(new ObjectId(dependent), new ObjectId(on));
            }
        }

        DependencyGraph graph = builder.Build();
        TransitiveReduction reduction = TransitiveReduction.Of(graph);

        Assert.That(graph.DependencyCount - reduction.DroppedCount, Is.EqualTo(count - 1));
        for (int i = 0; i < graph.DependencyCount; i++)
        {
            Dependency dependency = graph.Dependencies[i];
            bool isNext = dependency.Dependent.ObjectId.Index - dependency.On.ObjectId.Index == 1;
            Assert.That(reduction.IsKept(i), Is.EqualTo(isNext));
        }
    }

    [Test]
    public void Beyond_the_bound_on_the_work_nothing_is_left_out_and_the_answer_says_so()
    {
        DependencyGraph graph = Small(3, 0b111111, 2);
        DependencyGraph ladder = Objects(3)
            .AddDependency(new ObjectId(2), new ObjectId(1))
            .AddDependency(new ObjectId(1), new ObjectId(0))
            .AddDependency(new ObjectId(2), new ObjectId(0))
            .Build();

        Assert.That(TransitiveReduction.Of(graph, workMax: 0).IsReduced, Is.True, "nothing to ask");
        Assert.That(TransitiveReduction.Of(ladder).DroppedCount, Is.EqualTo(1));
        TransitiveReduction bounded = TransitiveReduction.Of(ladder, workMax: 1);
        Assert.That(bounded.IsReduced, Is.False);
        Assert.That(bounded.DroppedCount, Is.Zero);
        Assert.That(Enumerable.Range(0, 3).All(bounded.IsKept), Is.True);
    }

    [Test]
    public void A_long_chain_needs_no_stack()
    {
        const int count = 200_000;
        DependencyGraphBuilder builder = Objects(count);
        for (int i = 1; i < count; i++)
        {
            builder.AddDependency(new ObjectId(i), new ObjectId(i - 1));
        }

        builder.AddDependency(new ObjectId(count - 1), new ObjectId(0));
        TransitiveReduction reduction = TransitiveReduction.Of(builder.Build());

        Assert.That(reduction.IsReduced, Is.True);
        Assert.That(reduction.DroppedCount, Is.EqualTo(1));
    }

    private static DependencyGraphBuilder Objects(int count)
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("s", out SessionId session);
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(session, $"o{i}", ObjectKind.Memfd, out _);
        }

        return builder;
    }

    private static DependencyGraph Small(int objectCount, int number, int labelCount)
    {
        DependencyGraphBuilder builder = Objects(objectCount);
        for (int dependent = 0; dependent < objectCount; dependent++)
        {
            for (int on = 0; on < objectCount; on++)
            {
                if (dependent == on)
                {
                    continue;
                }

                (PhaseSet phases, DependencyStrength strength) = Labels[number % labelCount];
                number /= labelCount;
                if (!phases.IsEmpty)
                {
                    builder.AddDependency(
                        new ObjectId(dependent), new ObjectId(on), phases, strength: strength);
                }
            }
        }

        return builder.Build();
    }

    // For each combination of phases and strength that occurs: the same pairs reach one another, and what is
    // kept between two strong components is the only way there.
    private static int Check(DependencyGraph graph)
    {
        TransitiveReduction reduction = TransitiveReduction.Of(graph);
        bool[] kept = [.. Enumerable.Range(0, graph.DependencyCount).Select(reduction.IsKept)];
        bool[] all = [.. kept.Select(_ => true)];
        for (int asked = 0; asked < graph.DependencyCount; asked++)
        {
            Dependency label = graph.Dependencies[asked];
            bool[] whole = Reached(graph, all, label);
            bool[] left = Reached(graph, kept, label);
            Assert.That(left.AsSpan().SequenceEqual(whole), Is.True);
            int dependent = label.Dependent.ObjectId.Index;
            int on = label.On.ObjectId.Index;
            if (kept[asked] && !whole[on * graph.ObjectCount + dependent])
            {
                bool[] without = [.. kept];
                without[asked] = false;
                int pair = dependent * graph.ObjectCount + on;
                Assert.That(Reached(graph, without, label)[pair], Is.False, "kept for nothing");
            }

            Assert.That(kept[asked] || !whole[on * graph.ObjectCount + dependent], Is.True, "dropped inside a component");
        }

        foreach (Phase phase in Phases.All)
        {
            Dependency inPhase = new(
                default, default, PhaseSet.Of(phase), DependencyStrength.Soft, 1, default);
            Assert.That(
                Reached(graph, kept, inPhase).AsSpan().SequenceEqual(Reached(graph, all, inPhase)), Is.True);
        }

        return reduction.DroppedCount;
    }

    private static bool[] Reached(DependencyGraph graph, bool[] isThere, Dependency label)
    {
        int count = graph.ObjectCount;
        bool[] reached = new bool[count * count];
        for (int i = 0; i < isThere.Length; i++)
        {
            Dependency found = graph.Dependencies[i];
            bool binds = (label.Phases - found.Phases).IsEmpty
                && (label.Strength == DependencyStrength.Soft || found.Strength == DependencyStrength.Hard);
            int pair = found.Dependent.ObjectId.Index * count + found.On.ObjectId.Index;
            reached[pair] |= isThere[i] && binds;
        }

        for (int through = 0; through < count; through++)
        {
            for (int from = 0; from < count; from++)
            {
                for (int to = 0; to < count; to++)
                {
                    bool isOver = reached[from * count + through] && reached[through * count + to];
                    reached[from * count + to] |= isOver;
                }
            }
        }

        return reached;
    }
}
