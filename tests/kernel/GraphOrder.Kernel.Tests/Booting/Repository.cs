namespace GraphOrder.Kernel.Tests;

/// <summary>Where things lie in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string In(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder under artifacts, made.</summary>
    public static string Artifacts(params ReadOnlySpan<string> parts) =>
        Directory.CreateDirectory(In(["artifacts", "kernel", .. parts])).FullName;

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
