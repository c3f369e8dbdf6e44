namespace GraphOrder.Browser.Tests;

/// <summary>Sets that are made rather than read.</summary>
internal static class SampleSets
{
    /// <summary>Guests of eleven objects each that differ in their names alone.</summary>
    public static SessionSet Guests(int count)
    {
        DependencyGraphBuilder builder = new();
        for (int guest = 1; guest <= count; guest++)
        {
            string name = $"vm-{guest:000}";
            builder.AddSession(name, out SessionId session)
                .AddFile(session, $"{name}/ram", ObjectKind.Memfd, out ObjectId ram)
                .AddFile(session, $"{name}/iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                .AddObject(iommufd, $"{name}/ioas", ObjectKind.Ioas, out ObjectId ioas)
                .AddObject(iommufd, $"{name}/hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
                .AddObject(iommufd, $"{name}/domain", ObjectKind.IommuDomain, out ObjectId domain)
                .AddDependency(ioas, ram)
                .AddDependency(domain, ram)
                .AddDependency(hwpt, ioas)
                .AddDependency(hwpt, domain);
            for (int device = 0; device < 6; device++)
            {
                builder.AddFile(session, $"{name}/dev{device}", ObjectKind.VfioDevice, out ObjectId file)
                    .AddDependency(file, hwpt);
            }
        }

        return builder.BuildSet();
    }
}
