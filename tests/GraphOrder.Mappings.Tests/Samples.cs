namespace GraphOrder.Mappings.Tests;

/// <summary>The samples of the repository.</summary>
internal static class Samples
{
    public static string Folder { get; } = Repository.In("tests", "samples");

    public static SessionSet Read(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, name));
        return SessionSet.Read(stream, name);
    }
}
