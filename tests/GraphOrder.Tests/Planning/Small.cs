namespace GraphOrder.Tests.Planning;

/// <summary>Sets small enough to think through.</summary>
internal static class Small
{
    /// <summary>One session with a memfd and an iommufd.</summary>
    public static DependencyGraphBuilder TwoFiles(out ObjectId ram, out ObjectId iommufd) =>
        new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ram)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out iommufd);
}
