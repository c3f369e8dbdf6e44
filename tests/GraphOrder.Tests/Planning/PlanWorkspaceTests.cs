using System.Text;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Planning;

/// <summary>
/// A workspace gives what the planner gives, whatever it planned before, and leaves no garbage.
/// </summary>
[TestFixture]
public sealed class PlanWorkspaceTests
{
    [Test]
    public void It_gives_what_the_planner_gives_whatever_it_planned_before()
    {
        PlanWorkspace workspace = new();
        foreach (ModelText model in ModelText.All)
        {
            for (int seed = 0; seed < Effort.Of(300); seed++)
            {
                SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0).Next(
                    2 + (seed % 13), 1 + (seed % 4), isOrdered: seed % 3 == 0);
                DependencyGraph graph = DependencyGraph.Of(set);

                PlanResult result = workspace.Plan(graph, model.Kernels);

                string anew = Text(Planner.Plan(graph, model.Kernels));
                Assert.That(Text(result), Is.EqualTo(anew), $"{model}, seed {seed}");
            }
        }
    }

    [Test]
    public void Planning_again_allocates_nothing_but_the_result(
        [ValueSource(nameof(Graphs))] string name,
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        DependencyGraph graph = GraphOf(name);
        PlanWorkspace workspace = new();
        if (!workspace.Plan(graph, model.Kernels).IsLegal)
        {
            Assert.Pass("A refusal is no plan.");
        }

        // What two results share, and what the graph has, is not made for either.
        ReachableObjects known = new();
        known.Add(graph);
        known.Add(model.Kernels);
        known.Add(workspace.Plan(graph, model.Kernels));
        long start = GC.GetAllocatedBytesForCurrentThread();
        PlanResult result = workspace.Plan(graph, model.Kernels);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.That(allocated - known.Add(result), Is.Zero, $"of {allocated} bytes are not in the result");
    }

    [Test]
    public void A_graph_that_grows_costs_memory_once()
    {
        PlanWorkspace workspace = new();
        DependencyGraph large = GraphOf("layered");
        DependencyGraph small = GraphOf("vm-host");
        long first = Allocated(workspace, large);
        long again = Allocated(workspace, large);
        Allocated(workspace, small);

        Assert.That(first, Is.GreaterThan(again));
        Assert.That(Allocated(workspace, large), Is.EqualTo(again));
    }

    [Test]
    public void Two_threads_at_a_time_are_refused()
    {
        PlanWorkspace workspace = new();
        DependencyGraph graph = DependencyGraph.Of(
            SessionSetGenerator.Generate("layered", new GeneratorOptions { Objects = 20_000 }));
        int refused = 0;
        Parallel.For(0, 8, _ =>
        {
            try
            {
                workspace.Plan(graph, KernelPair.Linux73);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.That(refused, Is.LessThan(8));
        Assert.That(workspace.Plan(graph, KernelPair.Linux73).IsLegal);
    }

    [Test]
    public void After_a_cancelled_plan_it_plans_again()
    {
        PlanWorkspace workspace = new();
        DependencyGraph graph = GraphOf("layered");
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.That(
            () => workspace.Plan(graph, KernelPair.Linux73, null, source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            Text(workspace.Plan(graph, KernelPair.Linux73)),
            Is.EqualTo(Text(Planner.Plan(graph, KernelPair.Linux73))));
    }

    private static IEnumerable<string> Graphs() =>
    [
        .. SessionSetGenerator.Shapes.Select(static shape => shape.Name),
        .. Directory.GetFiles(RepositoryFiles.In("tests", "samples"), "*.json")
            .Select(Path.GetFileName)
            .Order()!,
    ];

    private static DependencyGraph GraphOf(string name)
    {
        if (!name.EndsWith(".json", StringComparison.Ordinal))
        {
            return DependencyGraph.Of(SessionSetGenerator.Generate(name, GeneratorOptions.Default));
        }

        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", name));
        return DependencyGraph.Of(SessionSet.Read(stream, name));
    }

    private static long Allocated(PlanWorkspace workspace, DependencyGraph graph)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        workspace.Plan(graph, KernelPair.Linux73);
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static string Text(PlanResult result)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, result);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
