using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Interop.Tests;

[TestFixture]
public sealed class QuikDependencyGraphTests
{
    [Test]
    public void A_topological_sort_of_QuikGraph_yields_dependents_first()
    {
        DependencyGraph graph = Ladder(out ObjectId ram, out ObjectId iommufd, out ObjectId device);

        DependencyEnd[] sorted = [.. graph.AsQuikGraph().TopologicalSort().Where(end => !end.IsSession)];

        Assert.That(sorted, Is.EqualTo(new DependencyEnd[] { device, iommufd, ram }));
    }

    [Test]
    public void A_transitive_reduction_of_QuikGraph_drops_what_a_path_says()
    {
        DependencyGraph graph = Ladder(out ObjectId ram, out _, out ObjectId device);
        BidirectionalGraph<DependencyEnd, QuikDependency> copy = new();
        copy.AddVerticesAndEdgeRange(graph.AsQuikGraph().Edges);

        BidirectionalGraph<DependencyEnd, QuikDependency> reduced = copy.ComputeTransitiveReduction();

        Assert.That(copy.EdgeCount, Is.EqualTo(3));
        Assert.That(reduced.EdgeCount, Is.EqualTo(2));
        Assert.That(reduced.ContainsEdge(device, ram), Is.False);
    }

    [Test]
    public void Paths_of_QuikGraph_follow_what_an_end_needs()
    {
        DependencyGraph graph = Ladder(out ObjectId ram, out _, out ObjectId device);

        TryFunc<DependencyEnd, IEnumerable<QuikDependency>> paths =
            graph.AsQuikGraph(PhaseSet.Of(Phase.Freeze)).ShortestPathsDijkstra(_ => 1, device);

        Assert.That(paths(ram, out IEnumerable<QuikDependency>? path), Is.True);
        Assert.That(path!.Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_view_of_some_phases_shows_only_what_binds_in_them()
    {
        DependencyGraph graph = Ladder(out ObjectId ram, out _, out ObjectId device);
        QuikDependencyGraph finish = graph.AsQuikGraph(PhaseSet.Of(Phase.Finish));

        Assert.That(finish.EdgeCount, Is.EqualTo(3));
        Assert.That(graph.AsQuikGraph(PhaseSet.Of(Phase.Freeze)).EdgeCount, Is.EqualTo(2));
        Assert.That(finish.TryGetEdge(device, ram, out QuikDependency edge), Is.True);
        Assert.That(finish.ContainsEdge(edge), Is.True);
        Assert.That(finish.InDegree(ram), Is.EqualTo(2));
        Assert.That(finish.OutDegree(ram), Is.Zero);
        Assert.That(finish.Degree(ram), Is.EqualTo(2));
        Assert.That(() => finish.OutEdges(new ObjectId(99)), Throws.InstanceOf<VertexNotFoundException>());
    }

    [Test]
    public void The_second_opinion_finds_the_strong_component_that_the_planner_refuses()
    {
        SessionSet set = SessionSetGenerator.Generate("cycle", new GeneratorOptions { Objects = 20 });
        DependencyGraph graph = DependencyGraph.Of(set);

        Assert.That(SecondOpinion.IsAcyclic(graph, Phase.Preserve), Is.False);
        Assert.That(SecondOpinion.StrongComponents(graph, Phase.Preserve).Single(), Has.Length.EqualTo(20));
        Assert.That(SecondOpinion.StrongComponents(graph, Phase.Unfreeze), Is.Empty);
    }

    [TestCase("vm-host")]
    [TestCase("microvm")]
    [TestCase("services")]
    [TestCase("layered")]
    public void The_second_opinion_accepts_the_plans_of_the_planner(string shape)
    {
        SessionSet set = SessionSetGenerator.Generate(shape, GeneratorOptions.Default);
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();

        Assert.That(SecondOpinion.Check(set, plan), Is.Empty);
    }

    [Test]
    public void The_second_opinion_accepts_them_whatever_moves_as_one()
    {
        SessionSet set = SessionSetGenerator.Generate("microvm", GeneratorOptions.Default);
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            if (Planner.Plan(set, KernelPair.Of(model)).TryGetPlan(out Plan? plan))
            {
                Assert.That(SecondOpinion.Check(set, plan), Is.Empty, model.Name);
            }
        }
    }

    [Test]
    public void A_step_that_carries_what_it_needs_is_no_contradiction_where_all_move_together()
    {
        SessionSet set = TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, PhaseSet.Of(Phase.Finish))
            .AddDependency(ram, on: iommufd, PhaseSet.Of(Phase.Finish))
            .BuildSet();
        Plan plan = Planner.Plan(set, KernelPair.Of(LifecycleModel.SessionFinish)).GetPlanOrThrow();

        Assert.That(SecondOpinion.Check(set, plan), Is.Empty);
    }

    [Test]
    public void The_second_opinion_refuses_a_plan_of_a_set_with_one_dependency_less()
    {
        SessionSet without = TwoFiles(out _, out _).BuildSet();
        SessionSet with =
            TwoFiles(out ObjectId ram, out ObjectId iommufd).AddDependency(ram, on: iommufd).BuildSet();
        Plan plan = Planner.Plan(without, KernelPair.Linux73).GetPlanOrThrow();

        Assert.That(
            SecondOpinion.Check(with, plan).Select(found => found.Fact("phase")),
            Is.EqualTo(new[] { "preserve", "freeze", "unpreserve", "retrieve", "finish" }));
    }

    private static DependencyGraphBuilder TwoFiles(out ObjectId ram, out ObjectId iommufd) =>
        new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ram)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out iommufd);

    private static DependencyGraph Ladder(out ObjectId ram, out ObjectId iommufd, out ObjectId device) =>
        new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ram)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out iommufd)
            .AddFile(session, "device", ObjectKind.VfioDevice, out device)
            .AddDependency(iommufd, on: ram)
            .AddDependency(device, on: iommufd)
            .AddDependency(device, on: ram, PhaseSet.Of(Phase.Finish))
            .Build();
}
