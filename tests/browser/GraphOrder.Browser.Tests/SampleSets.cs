namespace GraphOrder.Browser.Tests;

/// <summary>Sets that are made rather than read.</summary>
internal static class SampleSets
{
    /// <summary>Guests of eleven objects each that differ in their names alone.</summary>
    public static SessionSet Guests(int count) =>
        Of([.. Enumerable.Range(1, count)], new Random(0), isShuffled: false);

    /// <summary>The same guests in another order, and the devices of each too.</summary>
    public static SessionSet Shuffled(int count, int seed)
    {
        Random random = new(seed);
        int[] guests = [.. Enumerable.Range(1, count)];
        random.Shuffle(guests);
        return Of(guests, random, isShuffled: true);
    }

    private static SessionSet Of(int[] guests, Random random, bool isShuffled)
    {
        DependencyGraphBuilder builder = new();
        foreach (int guest in guests)
        {
            int[] devices = [0, 1, 2, 3, 4, 5];
            if (isShuffled)
            {
                random.Shuffle(devices);
            }

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
            foreach (int device in devices)
            {
                builder.AddFile(session, $"{name}/dev{device}", ObjectKind.VfioDevice, out ObjectId file)
                    .AddDependency(file, hwpt);
            }
        }

        return builder.BuildSet();
    }
}
