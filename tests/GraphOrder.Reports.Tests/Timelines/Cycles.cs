using System.Globalization;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Objects each of which needs the next, and the last the first.</summary>
internal static class Cycles
{
    public static SessionSet Of(int count)
    {
        DependencyGraphBuilder builder = new();
        List<ObjectId> files = [];
        for (int i = 0; i < count; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            builder.AddSession("s" + name, out SessionId session)
                .AddFile(session, "file-" + name, ObjectKind.Memfd, out ObjectId file);
            files.Add(file);
        }

        for (int i = 0; i < count; i++)
        {
            builder.AddDependency(files[i], files[(i + 1) % count]);
        }

        return builder.BuildSet();
    }
}
