namespace GraphOrder.Tests.Planning;

/// <summary>
/// What is known of an order before it is solved, and the short ways there: each is taken exactly where the
/// arcs allow it.
/// </summary>
[TestFixture]
public sealed class OrderConstraintsTests
{
    [Test]
    public void Orders_are_twins_exactly_where_they_have_to_respect_the_same()
    {
        int twins = Count(static (asked, order, name) =>
        {
            int first = order;
            for (int other = order - 1; other >= 0; other--)
            {
                bool isSame = asked.IsOfFilesAlone(order) && asked.IsOfFilesAlone(other)
                    && asked.Ways(order).SequenceEqual(asked.Ways(other));
                first = isSame ? other : first;
            }

            Assert.That(asked.Constraints.Twin(order), Is.EqualTo(first), name);
            return first != order;
        });

        Assert.That(twins, Is.GreaterThan(Effort.Of(2_000)));
    }

    [Test]
    public void Files_are_swept_exactly_where_nothing_else_has_a_say_and_each_stands_behind_its_needs()
    {
        int swept = Count(static (asked, order, name) =>
        {
            PrecedenceGraph graph = asked.Constraints[order];
            bool lieInOrder = asked.IsOfFilesAlone(order)
                && asked.Ways(order).All(static way => !way.Contains('<'))
                && asked.Arcs(order).All(static arc => arc.First < arc.Then);
            PrecedenceOrder answer = new(new OrderScratch());

            bool isSwept = asked.Constraints.TryOrderFiles(order, answer);

            Assert.That(isSwept, Is.EqualTo(lieInOrder), name);
            Assert.That(
                !isSwept || answer.Waves.SequenceEqual(PrecedenceOrder.Of(graph, default).Waves), name);
            return isSwept && graph.ArcCount > 1;
        });

        Assert.That(swept, Is.GreaterThan(Effort.Of(800)));
    }

    [Test]
    public void Sessions_are_not_connected_exactly_where_no_arc_can_lead_from_one_to_another()
    {
        int apart = Count(static (asked, order, name) =>
        {
            if (asked.Lift.Orders[order].Unit != OrderUnit.Files)
            {
                return false;
            }

            int[] sessions = asked.Layout.SessionOfFile.ToArray();
            bool mayConnect = !asked.IsOfFilesAlone(order)
                || asked.Arcs(order).Any(arc => sessions[arc.First] != sessions[arc.Then]);

            Assert.That(asked.Constraints.MayConnectSessions(order), Is.EqualTo(mayConnect), name);
            return !mayConnect && asked.Arcs(order).Any();
        });

        Assert.That(apart, Is.GreaterThan(Effort.Of(800)));
    }

    [Test]
    public void A_session_that_many_wait_for_has_one_end_and_one_that_waits_for_many_one_beginning(
        [Values] bool isWaitedFor)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one)
            .AddFile(one, "a", ObjectKind.Memfd, out _)
            .AddFile(one, "b", ObjectKind.Memfd, out _)
            .AddSession("two", out SessionId two)
            .AddFile(two, "c", ObjectKind.Memfd, out ObjectId c)
            .AddFile(two, "d", ObjectKind.Memfd, out ObjectId d);
        Asked asked = new((isWaitedFor
            ? builder.AddDependency(c, one).AddDependency(d, one)
            : builder.AddDependency(one, c).AddDependency(one, d)).BuildSet(), KernelPair.Linux73);

        PrecedenceGraph preserve = asked.Constraints[asked.Lift.PreserveOrder];

        Assert.That(preserve.StepCount, Is.EqualTo(4));
        Assert.That(preserve.VertexCount, Is.EqualTo(5));
    }

    private static int Count(Func<Asked, int, string, bool> holds)
    {
        int count = 0;
        for (int seed = 0; seed < Effort.Of(8_000); seed++)
        {
            ModelText model = ModelText.All[seed % ModelText.All.Length];
            Asked asked = new(FewFiles(new Random(seed)), model.Kernels);
            for (int order = 0; order < asked.Lift.Orders.Length; order++)
            {
                count += holds(asked, order, $"seed {seed}, {model}, order {order}") ? 1 : 0;
            }
        }

        return count;
    }

    // A few files, and in half of the sets one thing more that has a say.
    private static SessionSet FewFiles(Random random)
    {
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[random.Next(1, 4)];
        ObjectId[] files = new ObjectId[random.Next(2, 7)];
        int special = random.Next(8);
        for (int i = 0; i < sessions.Length; i++)
        {
            builder.AddSession($"s{i}", out sessions[i], created: special == 0 && i == 0);
        }

        for (int i = 0; i < files.Length; i++)
        {
            SessionId session = sessions[i == 0 ? 0 : random.Next(sessions.Length)];
            builder.AddFile(session, $"f{i}", ObjectKind.File, out files[i]);
        }

        for (int i = random.Next(5); i > 0; i--)
        {
            int dependent = random.Next(files.Length);
            int on = random.Next(files.Length);
            bool swap = dependent < on && random.Next(4) > 0;
            if (dependent != on)
            {
                builder.AddDependency(
                    files[swap ? on : dependent],
                    files[swap ? dependent : on],
                    random.Next(2) == 0 ? null : PhaseSet.Of((Phase)random.Next(Phases.Count)));
            }
        }

        AddSpecial(builder, special, sessions, files);
        return builder.BuildSet();
    }

    private static void AddSpecial(
        DependencyGraphBuilder builder, int special, SessionId[] sessions, ObjectId[] files)
    {
        switch (special)
        {
            case 0:
                builder.SetPreserved(sessions[0], files[0]);
                break;
            case 1:
                builder.AddDependency(files[0], sessions[^1]);
                break;
            case 2:
                builder.AddKernelObject("x", ObjectKind.Flb, out ObjectId moved);
                builder.AddDependency(files[0], moved);
                break;
            case 3:
                builder.AddAct(sessions[0], "act", Phase.Preserve, out _);
                break;
        }
    }

    private sealed class Asked
    {
        private readonly DependencyGraph _graph;

        public Asked(SessionSet set, KernelPair kernels)
        {
            _graph = DependencyGraph.Of(set);
            Layout = new FileLayout(_graph);
            Lift = new OrderLift(kernels);
            Constraints.Read(PlanGround.Of(_graph), Lift, new ActPlaces(_graph, Layout, Lift));
        }

        public FileLayout Layout { get; }

        public OrderLift Lift { get; }

        public OrderConstraints Constraints { get; } = new();

        public bool IsOfFilesAlone(int order) => Lift.Orders[order].Unit == OrderUnit.Files
            && _graph.Dependencies.ToArray().All(each => IsOfFiles(each.Dependent) && IsOfFiles(each.On))
            && !_graph.Set.Objects.Any(one => one.Act is { } act && Lift.Of(act.Phase, false)?.Order == order)
            && (order != Lift.PreserveOrder
                || _graph.Set.Sessions.All(static session => session.Preserved.IsEmpty));

        /// <summary>
        /// Of each dependency whether its needed end goes first (&gt;), its needing one (&lt;), or both.
        /// </summary>
        public string[] Ways(int order) =>
        [
            .. _graph.Dependencies.ToArray().Select(each =>
            {
                bool isInside =
                    _graph.SessionOf(each.Dependent.ObjectId) == _graph.SessionOf(each.On.ObjectId);
                Phase[] phases = [.. Phases.All.ToArray().Where(each.Phases.Contains)];
                OrderUse?[] uses = Array.ConvertAll(phases, phase => Lift.Of(phase, isInside));
                return (uses.Contains(new OrderUse(order, true)) ? ">" : "")
                    + (uses.Contains(new OrderUse(order, false)) ? "<" : "");
            }),
        ];

        /// <summary>The arcs of an order.</summary>
        public IEnumerable<(int First, int Then)> Arcs(int order) =>
            Constraints[order].Firsts.ToArray().Zip(Constraints[order].Thens.ToArray());

        private bool IsOfFiles(DependencyEnd end) => !end.IsSession && Layout.FileOf(end.ObjectId.Index) >= 0;
    }
}
