using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Recovery;

/// <summary>The samples of states and the sets that they belong to: <c>SET.NAME.json</c>.</summary>
internal static class RecoverySamples
{
    public static IEnumerable<string> Names => Directory
        .EnumerateFiles(RepositoryFiles.In("tests", "samples", "states"), "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    public static string PathOf(string name) =>
        RepositoryFiles.In("tests", "samples", "states", name + ".json");

    public static SessionSet SetOf(string name)
    {
        string set = name.Split('.')[0] + ".json";
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", set));
        return SessionSet.Read(stream, set);
    }

    public static RecoveryResult Recover(string name, SessionSet set)
    {
        using FileStream stream = File.OpenRead(PathOf(name));
        return RecoveryPlanner.Recover(
            DependencyGraph.Of(set), KernelPair.Linux73, HostStateReader.Read(stream, set));
    }

    public static byte[] Write(SessionSet set, RecoveryResult result)
    {
        using MemoryStream stream = new();
        RecoveryWriter.Write(stream, set, result);
        return stream.ToArray();
    }
}
