namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Finds files of the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string In(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        string? folder = TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GraphOrder.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests has GraphOrder.sln.");
    }
}
