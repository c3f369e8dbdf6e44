namespace GraphOrder;

/// <summary>Where things lie in the repository; compiled into each project of tests that asks.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string In(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    // Not from the compiler's path of a source: a deterministic build writes none that is real.
    private static string Find()
    {
        string? folder = NUnit.Framework.TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GraphOrder.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests has GraphOrder.sln.");
    }
}
