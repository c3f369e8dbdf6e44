using System.Globalization;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>
/// Guests with costs, drawn from a seed: a memory, a controller, devices of a class, two acts.
/// </summary>
internal static class TimedSets
{
    public static SessionSet Of(int guests, int seed, bool isAlike = false, long finish = 4_000)
    {
        Random random = new(seed);
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", 2).SetLimit("disk", 1).SetHost(new HostFacts { KexecMicroseconds = 40_000 });
        for (int i = 0; i < guests; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"vm-{i:0000}");
            int devices = isAlike ? 1 : random.Next(4);
            builder.AddSession(name, out SessionId session)
                .AddFile(session, name + "/ram", ObjectKind.Memfd, out ObjectId ram, facts: Cost(20_000, 10, 900, finish))
                .AddFile(session, name + "/ctl", ObjectKind.Iommufd, out ObjectId ctl, facts: Cost(800, 0, 500, 90))
                .AddAct(session, name + "/pause", Phase.Preserve, out ObjectId pause, true, facts: Cost(300, 0, 0, 0))
                .AddAct(session, name + "/resume", Phase.Retrieve, out ObjectId resume, facts: Cost(0, 0, 200, 0))
                .AddDependency(ctl, ram)
                .AddDependency(resume, ctl)
                .SetBlackout(session, pause, resume);
            for (int device = 0; device < devices; device++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{name}/dev{device}{random.Next(isAlike ? 1 : 9)}");
                ObjectFacts facts = Cost(700, 40, 6_000, 100) with { Class = device == 1 ? "disk" : "pci" };
                builder.AddFile(session, id, ObjectKind.VfioDevice, out ObjectId found, facts: facts)
                    .AddDependency(found, ctl)
                    .AddDependency(found, pause)
                    .AddDependency(resume, found);
            }
        }

        return builder.BuildSet();

        ObjectFacts Cost(long preserve, long freeze, long retrieve, long end) => new()
        {
            CostMicroseconds = [Drawn(preserve), freeze, 0, 0, Drawn(retrieve), Drawn(end)],
        };

        long Drawn(long about) => isAlike || about == 0 ? about : random.NextInt64(about / 2, about * 2);
    }
}
