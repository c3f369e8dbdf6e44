using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Explanations;

[TestFixture]
public sealed class PinExplainerTests
{
    [Test]
    public void What_holds_something_is_what_no_legal_order_finishes_after_it(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int held = 0;
        int count = 0;
        for (int seed = 0; count < 80; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 5, sessionMax: 3, isOrdered: true);
            DependencyGraph graph = DependencyGraph.Of(set);
            Possible possible = new(graph, model);
            if (!possible.IsLegal)
            {
                continue;
            }

            count++;
            for (int i = 0; i < graph.ObjectCount; i++)
            {
                ObjectId id = new(i);
                PinExplanation pins = PinExplainer.Explain(graph, model.Kernels, id);
                foreach (Pin pin in pins.HeldBy.Concat(pins.Holds))
                {
                    Assert.That(pin.Chain, Is.Not.Empty);
                }

                if (graph[id].IsMovedByKernel)
                {
                    continue;
                }

                held += pins.HeldBy.Length;
                Assert.That(
                    pins.HeldBy.Select(pin => pin.Name).Order(StringComparer.Ordinal),
                    Is.EqualTo(Expected(graph, model, possible, id, isBefore: true)),
                    $"seed {seed}: what holds {set.NameOf(id)}");
                Assert.That(
                    pins.Holds.Select(pin => pin.Name).Order(StringComparer.Ordinal),
                    Is.EqualTo(Expected(graph, model, possible, id, isBefore: false)),
                    $"seed {seed}: what {set.NameOf(id)} holds");
            }
        }

        TestContext.Out.WriteLine($"{held:N0} held");
        Assert.That(held > 0, Is.EqualTo(model != ModelText.GlobalFinish));
    }

    [Test]
    public void A_path_through_what_the_kernel_moves_is_told_step_by_step()
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddSession("t", out SessionId t)
            .AddFile(s, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(t, "b", ObjectKind.Memfd, out ObjectId b)
            .AddKernelObject("x", ObjectKind.Flb, out ObjectId x)
            .AddDependency(a, on: x)
            .AddDependency(x, on: b)
            .Build();

        Pin pin = PinExplainer.Explain(graph, KernelPair.Linux73, b).HeldBy.Single();
        PinExplanation ofKernel = PinExplainer.Explain(graph, KernelPair.Linux73, x);

        Assert.That(pin.Name, Is.EqualTo("session:s"));
        Assert.That(pin.Chain.Select(step => (step.First, step.Then)), Is.EqualTo(
            new[] { ("a", "x"), ("x", "b") }));
        Assert.That(ofKernel.IsKernelMoved, Is.True);
        Assert.That(ofKernel.HeldBy.Single().Name, Is.EqualTo("a"));
        Assert.That(ofKernel.Holds.Single().Name, Is.EqualTo("b"));
    }

    [Test]
    public void A_long_row_is_listed_from_the_nearest_up_to_a_limit_and_the_rest_is_counted()
    {
        const int count = 2_000;
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId s);
        ObjectId last = default;
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(s, $"f{i}", ObjectKind.Memfd, out ObjectId next);
            if (i > 0)
            {
                builder.AddDependency(next, on: last);
            }

            last = next;
        }

        PinExplanation pins = PinExplainer.Explain(builder.Build(), KernelPair.Linux73, new ObjectId(0));

        Assert.That(pins.HeldBy[0].Name, Is.EqualTo("f1"));
        Assert.That(pins.HeldBy.Length + pins.HeldByMoreCount, Is.EqualTo(count - 1));
        Assert.That(
            pins.HeldBy.Sum(pin => pin.Chain.Length), Is.LessThanOrEqualTo(PinExplainer.StepCountMax));
        Assert.That(pins.HeldByMoreCount, Is.GreaterThan(0));
    }

    // Sessions where finish follows an order of them, and then the files of the session; else what moves.
    private static IEnumerable<string> Expected(
        DependencyGraph graph, ModelText model, Possible possible, ObjectId id, bool isBefore)
    {
        List<DependencyEnd> others = [];
        bool isBySession = model.OrderOf(Phase.Finish) is not null;
        string step = model.StepOf(Phase.Finish);
        for (int session = 0; isBySession && session < graph.SessionCount; session++)
        {
            others.Add(new SessionId(session));
        }

        for (int i = 0; step is "file" or "object" && i < graph.ObjectCount; i++)
        {
            ObjectId other = new(i);
            bool isMover = step == "file" ? graph[other].IsFile : !graph[other].IsMovedByKernel;
            bool isNear = !isBySession || graph.SessionOf(other) == graph.SessionOf(id);
            others.AddRange(isMover && isNear ? [other] : []);
        }

        return others
            .Where(other => !IsOwn(other))
            .Where(other => !(isBefore
                ? possible.CanPrecede(id, other, Phase.Finish)
                : possible.CanPrecede(other, id, Phase.Finish)))
            .Select(graph.Set.NameOf)
            .Order(StringComparer.Ordinal);

        bool IsOwn(DependencyEnd other) => other.IsSession
            ? graph.SessionOf(id) == other.SessionId
            : other.ObjectId == id || (step == "file" && graph.FileOf(id) == other.ObjectId);
    }
}
