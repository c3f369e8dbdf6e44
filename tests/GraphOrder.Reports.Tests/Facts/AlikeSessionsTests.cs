namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class AlikeSessionsTests
{
    private static int[] GroupsOf(SessionSet set)
    {
        DependencyGraph graph = DependencyGraph.Of(set);
        AlikeSessions alike = new(graph, new ReportNames(graph));
        Assert.That(
            Enumerable.Range(0, alike.Count).SelectMany(group => alike[group]),
            Is.EquivalentTo(Sessions(graph)));
        return [.. Sessions(graph).Select(alike.GroupOf)];
    }

    private static IEnumerable<SessionId> Sessions(DependencyGraph graph) =>
        Enumerable.Range(0, graph.SessionCount).Select(static index => new SessionId(index));

    private static SessionSet Guests(int count, Action<DependencyGraphBuilder, ObjectId[]>? more = null)
    {
        DependencyGraphBuilder builder = new();
        List<ObjectId> rams = [];
        for (int guest = 0; guest < count; guest++)
        {
            builder.AddSession($"vm-{guest}", out SessionId session)
                .AddFile(session, $"vm-{guest}/ram", ObjectKind.Memfd, out ObjectId ram)
                .AddFile(session, $"vm-{guest}/iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                .AddDependency(iommufd, ram);
            rams.Add(ram);
        }

        more?.Invoke(builder, [.. rams]);
        return builder.BuildSet();
    }

    [Test]
    public void Guests_that_differ_in_their_name_alone_are_alike() =>
        Assert.That(GroupsOf(Guests(3)), Is.EqualTo(new[] { 0, 0, 0 }));

    [Test]
    public void A_dependency_between_two_guests_tells_both_from_the_rest() => Assert.That(
        GroupsOf(Guests(4, static (builder, rams) => builder.AddDependency(rams[2], rams[1]))),
        Is.EqualTo(new[] { 0, 1, 2, 0 }));

    [Test]
    public void An_object_more_tells_a_guest_from_the_rest() => Assert.That(
        GroupsOf(Guests(3, static (builder, _) =>
            builder.AddFile(new SessionId(0), "vm-0/log", ObjectKind.Memfd, out ObjectId _))),
        Is.EqualTo(new[] { 0, 1, 1 }));
}
