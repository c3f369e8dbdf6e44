namespace GraphOrder.Tests.Dependencies;

/// <summary>From what a set declares to the dependencies of its graph.</summary>
[TestFixture]
public sealed class DependencyExpansionTests
{
    [Test]
    public void Needs_binds_in_the_phases_of_its_row()
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
            .AddNeed(hwpt, ioas)
            .Build();
        Assert.That(Lines(graph), Is.EqualTo(new[] { "hwpt ioas preserve, unpreserve, finish Hard 1" }));
    }

    [Test]
    public void Describes_is_preserved_after_and_retrieved_before()
    {
        DependencyGraph graph = Two(out ObjectId a, out ObjectId b).AddDescription(a, b).Build();
        Assert.That(Lines(graph), Is.EqualTo(new[] { "a b preserve Hard 1", "b a retrieve Hard 1" }));
    }

    [Test]
    public void Repeats_become_one_and_hard_wins_phase_by_phase()
    {
        DependencyGraph graph = Two(out ObjectId a, out ObjectId b)
            .AddDependency(a, b, PhaseSet.Of(Phase.Finish), strength: DependencyStrength.Soft, weight: 7)
            .AddDependency(a, b, PhaseSet.Of(Phase.Finish, Phase.Freeze), strength: DependencyStrength.Soft)
            .AddDependency(a, b, PhaseSet.Of(Phase.Freeze))
            .AddDependency(a, b, PhaseSet.Of(Phase.Preserve))
            .Build();
        Assert.That(
            Lines(graph), Is.EqualTo(new[] { "a b preserve, freeze Hard 1", "a b finish Soft 7" }));
    }

    private static DependencyGraphBuilder Two(out ObjectId a, out ObjectId b) => new DependencyGraphBuilder()
        .AddSession("s", out SessionId s)
        .AddFile(s, "a", ObjectKind.Custom("x-a"), out a)
        .AddFile(s, "b", ObjectKind.Custom("x-b"), out b);

    private static string[] Lines(DependencyGraph graph)
    {
        List<string> lines = [];
        foreach (Dependency found in graph.Dependencies)
        {
            string dependent = graph.Set.NameOf(found.Dependent.ObjectId);
            string on = graph.Set.NameOf(found.On.ObjectId);
            lines.Add($"{dependent} {on} {found.Phases} {found.Strength} {found.Weight}");
        }

        return [.. lines];
    }
}
