namespace GraphOrder.Mappings.Tests;

/// <summary>The samples of the repository.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.Combine(Root(), "tests", "samples");

    public static SessionSet Read(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, name));
        return SessionSet.Read(stream, name);
    }

    private static string Root()
    {
        for (string? folder = TestContext.CurrentContext.TestDirectory; folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "GraphOrder.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("The tests run inside the repository.");
    }
}
