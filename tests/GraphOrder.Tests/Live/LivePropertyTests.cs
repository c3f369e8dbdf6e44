using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Live;

/// <summary>
/// What holds for every history, on small hosts in which everything comes and goes: a change is refused where
/// the planner refuses what it would have made, for the same cycles, and what is there afterwards is what
/// somebody would declare who saw the host for the first time. A failure names its seed.
/// </summary>
[TestFixture]
public sealed class LivePropertyTests
{
    private const int SeedCount = 12;
    private const int StepCount = 120;

    public static IEnumerable<TestCaseData> Kernels()
    {
        foreach (bool isPlain in (bool[])[true, false])
        {
            foreach (ModelText model in ModelText.All)
            {
                yield return Case(model, model, isPlain);
            }

            yield return Case(ModelText.Linux73, ModelText.ExplicitGraph, isPlain);
            yield return Case(ModelText.Own, ModelText.GlobalFinish, isPlain);
        }
    }

    [TestCaseSource(nameof(Kernels))]
    public void A_change_is_refused_where_the_planner_refuses_what_it_would_have_made(
        KernelPair kernels, Func<Phase, string> unitOf, bool isPlain)
    {
        int committed = 0;
        int refused = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            RandomHost host = Host(kernels, seed, isPlain);
            for (int step = 0; step < StepCount; step++)
            {
                // What has changed since the last snapshot is not always one change.
                string where = $"seed {seed}, step {step}";
                bool isFrozen = step % (1 + seed % 4) == 0;
                if (host.Step() is not { } outcome)
                {
                    AssertIsAsDeclaredAnew(host, kernels, where);
                    continue;
                }

                PlanResult wanted = Planner.Plan(outcome.Wanted, kernels);
                Diagnostic[] cycles = [.. wanted.Diagnostics.Where(found => found.Cycle is not null)];
                Assert.That(outcome.Result.IsCommitted, Is.EqualTo(cycles.Length == 0), where);
                Assert.That(
                    outcome.Result.Diagnostics.Select(Print), Is.EquivalentTo(cycles.Select(Print)), where);
                Assert.That(outcome.Result.Cycle is null, Is.EqualTo(outcome.Result.IsCommitted), where);
                if (isFrozen)
                {
                    AssertIsAsDeclaredAnew(host, kernels, where);
                    AssertKeepsOrder(host, unitOf, where);
                }

                committed += outcome.Result.IsCommitted ? 1 : 0;
                refused += outcome.Result.IsCommitted ? 0 : 1;
            }
        }

        TestContext.Out.WriteLine($"{committed:N0} committed, {refused:N0} refused");
        Assert.That(committed, Is.GreaterThan(SeedCount * StepCount / 4));
        Assert.That(refused, Is.GreaterThan(SeedCount * StepCount / 50));
    }

    [TestCaseSource(nameof(Kernels))]
    public void A_frozen_graph_stays_what_it_was_and_says_of_each_object_what_the_graph_says(
        KernelPair kernels, Func<Phase, string> unitOf, bool isPlain)
    {
        Assert.That(unitOf(Phase.Preserve), Is.Not.Empty);
        for (int seed = 0; seed < SeedCount; seed++)
        {
            List<(FrozenGraph Frozen, HostModel Model)> kept = [];
            RandomHost host = Host(kernels, seed, isPlain);
            Random random = new(seed);
            for (int step = 0; step < StepCount; step++)
            {
                host.Step();
                if (random.Next(3) == 0)
                {
                    kept.Add((host.Live.Freeze(), host.Model));
                }

                // Some are looked at as a whole at once, some never, some when much has changed since.
                if (random.Next(8) == 0)
                {
                    Assert.That(host.Live.Snapshot(), Is.SameAs(host.Live.Freeze().Graph));
                }
            }

            foreach ((FrozenGraph frozen, HostModel model) in kept)
            {
                string where = $"seed {seed}, {kept.IndexOf((frozen, model))} of {kept.Count}";
                DependencyGraph graph = DependencyGraph.Of(model.DeclareAnew());
                Assert.That(frozen.Graph.Set.Digest, Is.EqualTo(graph.Set.Digest), where);
                Assert.That(
                    (frozen.SessionCount, frozen.ObjectCount),
                    Is.EqualTo((graph.SessionCount, graph.ObjectCount)),
                    where);
                AssertSaysTheSame(frozen, graph, where);
            }
        }
    }

    private static void AssertSaysTheSame(FrozenGraph frozen, DependencyGraph graph, string where)
    {
        int found = 0;
        for (int row = 0; row < 200; row++)
        {
            SessionId session = new(row);
            if (frozen.Has(session))
            {
                Assert.That(graph.Set.TryFindSession(frozen.NameOf(session), out SessionId id), where);
                Assert.That(
                    frozen.ObjectsOf(session).Select(frozen.NameOf),
                    Is.EqualTo(graph.Set.Objects.Select((_, i) => new ObjectId(i))
                        .Where(i => (graph[i].Session ?? graph[i].Act?.Session) == id)
                        .Select(graph.Set.NameOf)),
                    where);
                Assert.That(
                    frozen.PreservedIn(session) is { IsDefault: false } preserved
                        ? preserved.Select(frozen.NameOf)
                        : [],
                    Is.EqualTo(graph.Set.Sessions[id.Index].Preserved.Select(graph.Set.NameOf)),
                    where);
                Assert.That(Needs(frozen, session), Is.EqualTo(Needs(graph, id)), where);
            }

            ObjectId live = new(row);
            if (frozen.Has(live))
            {
                found++;
                Assert.That(graph.Set.TryFind(frozen.NameOf(live), out ObjectId id), where);
                Assert.That(frozen[live].Kind, Is.EqualTo(graph[id].Kind), where);
                Assert.That(frozen[live].Facts.Areas.Length, Is.EqualTo(graph[id].Facts.Areas.Length), where);
                Assert.That(
                    frozen.CarriedBy(live).Select(frozen.NameOf),
                    Is.EqualTo(graph.Set.Objects.Select((_, i) => new ObjectId(i))
                        .Where(i => graph[i].Carrier == id).Select(graph.Set.NameOf)),
                    where);
                Assert.That(Needs(frozen, live), Is.EqualTo(Needs(graph, id)), where);
            }
        }

        Assert.That(found, Is.EqualTo(graph.ObjectCount), where);
    }

    private static IEnumerable<string> Needs(FrozenGraph frozen, DependencyEnd end) =>
        frozen.DependenciesOf(end)
            .Select(need => $"{Name(frozen, need.On)} {need.Phases} {need.Strength} {need.Weight}")
            .Order(StringComparer.Ordinal);

    private static string Name(FrozenGraph frozen, DependencyEnd end) => end.IsSession
        ? SessionSet.SessionPrefix + frozen.NameOf(end.SessionId)
        : frozen.NameOf(end.ObjectId);

    private static IEnumerable<string> Needs(DependencyGraph graph, DependencyEnd end) =>
        graph.DependenciesOf(end).ToArray()
            .Select(need => $"{graph.Set.NameOf(need.On)} {need.Phases} {need.Strength} {need.Weight}")
            .Order(StringComparer.Ordinal);

    // Most hosts are so small that much is contradicted; some are larger than what contradicts.
    private static RandomHost Host(KernelPair kernels, int seed, bool isPlain) => seed % 4 == 3
        ? new RandomHost(kernels, seed, isPlain, sessionMax: 9, objectMax: 40)
        : new RandomHost(kernels, seed, isPlain);

    private static TestCaseData Case(ModelText old, ModelText next, bool isPlain)
    {
        KernelPair kernels = new(old.Kernels.Old, next.Kernels.Next);
        string UnitOf(Phase phase) => (phase.IsInNewKernel() ? next : old).StepOf(phase);
        return new TestCaseData(kernels, (Func<Phase, string>)UnitOf, isPlain)
            .SetArgDisplayNames(kernels.ModelName, isPlain ? "by orders alone" : "with all");
    }

    private static string Print(Diagnostic found) =>
        $"{found.Code} {string.Join(' ', found.Subjects)} {found.Cycle!.Phases}: "
        + string.Join(
            ", ", found.Cycle.Steps.Select(step => $"{step.First} {step.Then} {step.Phase} {step.Rule}"));

    private static void AssertIsAsDeclaredAnew(RandomHost host, KernelPair kernels, string where)
    {
        SessionSet anew = host.Model.DeclareAnew();
        DependencyGraph graph = DependencyGraph.Of(anew);
        DependencyGraph live = host.Live.Snapshot();
        Assert.That(live.Set.Objects.Select((_, id) => live.Set.NameOf(new ObjectId(id))),
            Is.EqualTo(graph.Set.Objects.Select((_, id) => graph.Set.NameOf(new ObjectId(id)))), where);
        Assert.That(live.Set.Objects.Select(found => (found.Kind, found.Session, found.Carrier)),
            Is.EqualTo(graph.Set.Objects.Select(found => (found.Kind, found.Session, found.Carrier))), where);
        Assert.That(live.Dependencies.ToArray(), Is.EqualTo(graph.Dependencies.ToArray()), where);
        Assert.That(live.Set.Digest, Is.EqualTo(anew.Digest), where);
        Assert.That(
            Print(host.Live.Plan()), Is.EqualTo(Print(Planner.Plan(anew, kernels))), where);
    }

    private static string Print(PlanResult result)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, result);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertKeepsOrder(RandomHost host, Func<Phase, string> unitOf, string where)
    {
        DependencyGraph graph = host.Live.Snapshot();
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Dependent.IsSession || dependency.On.IsSession)
            {
                continue;
            }

            foreach (Phase phase in dependency.Phases)
            {
                string dependent = graph.Set.NameOf(dependency.Dependent);
                string on = graph.Set.NameOf(dependency.On);
                if (MayBeOrdered(host.Model, unitOf(phase), dependent, on))
                {
                    ObjectId first = Find(host, phase.NeededGoesFirst() ? on : dependent);
                    ObjectId then = Find(host, phase.NeededGoesFirst() ? dependent : on);
                    Assert.That(
                        (host.Live.GoesFirst(phase, first, then), host.Live.GoesFirst(phase, then, first)),
                        Is.EqualTo((true, false)),
                        $"{where}: {dependent} needs {on} in {phase}");
                }
            }
        }
    }

    // What the kernel moves has no step, and what moves together has no order.
    private static bool MayBeOrdered(HostModel model, string unit, string dependent, string on)
    {
        bool isMoved = model.IsMovedByKernel(dependent) || model.IsMovedByKernel(on);
        bool areActs = model[dependent].Phase is not null || model[on].Phase is not null;
        return !isMoved && unit switch
        {
            "object" => true,
            "file" => areActs || model.FileOf(dependent) != model.FileOf(on),
            "session" => areActs || model.SessionOf(dependent) != model.SessionOf(on),
            _ => false,
        };
    }

    private static ObjectId Find(RandomHost host, string id)
    {
        Assert.That(host.Live.TryFind(HostModel.Utf8(id), out ObjectId found), Is.True);
        return found;
    }
}
