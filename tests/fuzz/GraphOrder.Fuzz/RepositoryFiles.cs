namespace GraphOrder.Fuzz;

/// <summary>What the repository holds that seeds are made of.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = Find();

    /// <summary>The folder of this harness.</summary>
    public static string Fuzz { get; } = Path.Combine(Root, "tests", "fuzz");

    /// <summary>The files below a folder of the tests.</summary>
    public static IEnumerable<byte[]> Below(string folder, string pattern = "*") =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests", folder), pattern).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    /// <summary>A file of the tests.</summary>
    public static byte[] Bytes(params string[] parts) =>
        File.ReadAllBytes(Path.Combine([Root, "tests", .. parts]));

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GraphOrder.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above this program has GraphOrder.sln.");
    }
}
