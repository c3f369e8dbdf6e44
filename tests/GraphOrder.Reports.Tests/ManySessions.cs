using System.Globalization;

namespace GraphOrder.Reports.Tests;

/// <summary>
/// Guests that are alike: memory, metadata that describes it, and a file that needs the memory.
/// </summary>
internal static class ManySessions
{
    public static SessionSet Of(
        int count, Action<DependencyGraphBuilder, IReadOnlyList<ObjectId>>? more = null)
    {
        DependencyGraphBuilder builder = new();
        List<ObjectId> memories = [];
        for (int i = 1; i <= count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"vm-{i:000}");
            builder.AddSession(name, out SessionId session)
                .AddFile(session, name + "/ram", ObjectKind.Memfd, out ObjectId ram)
                .AddFile(session, name + "/state", ObjectKind.Memfd, out ObjectId state)
                .AddFile(session, name + "/vhost", ObjectKind.File, out ObjectId vhost)
                .AddDescription(state, ram)
                .AddNeed(vhost, ram);
            memories.Add(ram);
        }

        more?.Invoke(builder, memories);
        return builder.BuildSet();
    }

    /// <summary>One session with a chain of files, each of which needs the one before.</summary>
    public static SessionSet Chain(int count)
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("s", out SessionId session);
        builder.AddFile(session, "0", ObjectKind.Memfd, out ObjectId last);
        for (int i = 1; i < count; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            builder.AddFile(session, id, ObjectKind.Memfd, out ObjectId next);
            builder.AddDependency(next, last);
            last = next;
        }

        return builder.BuildSet();
    }
}
