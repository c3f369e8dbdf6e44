using System.Globalization;

namespace GraphOrder.Benchmarks.Planning;

/// <summary>
/// A set as hosts have them, by a seed: sessions of files, each of which needs one to four that stand before
/// it in its own session.
/// </summary>
internal static class HostSet
{
    /// <summary>Makes the graph of such a set.</summary>
    public static DependencyGraph Make(int sessionCount, int filesPerSession)
    {
        Random random = new(1);
        DependencyGraphBuilder builder = new();
        ObjectId[] files = new ObjectId[filesPerSession];
        for (int vm = 0; vm < sessionCount; vm++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"vm-{vm:d5}");
            builder.AddSession(name, out SessionId session);
            for (int i = 0; i < filesPerSession; i++)
            {
                builder.AddFile(session, $"{name}/obj-{i:d2}", ObjectKind.File, out files[i]);
                for (int need = Math.Min(i, 1 + random.Next(4)); need > 0; need--)
                {
                    builder.AddDependency(files[i], files[random.Next(i)]);
                }
            }
        }

        return builder.Build();
    }
}
