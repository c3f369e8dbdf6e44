namespace GraphOrder.PageTables.Tests;

/// <summary>Files of the repository and a folder for those that a test writes.</summary>
internal static class TestFiles
{
    private static readonly string Root = FindRoot();

    /// <summary>A fixture, below tests/fixtures.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    /// <summary>Writes a file that is gone when the test run ends.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(WrittenImages.Folder, Path.GetRandomFileName());
        using FileStream stream = new(path, FileMode.CreateNew);
        stream.Write(bytes);
        return path;
    }

    private static string FindRoot()
    {
        string? folder = TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GraphOrder.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests has GraphOrder.sln.");
    }
}
