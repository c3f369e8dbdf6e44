namespace GraphOrder.PageTables.Tests;

/// <summary>Files of the repository and a folder for those that a test writes.</summary>
internal static class TestFiles
{
    /// <summary>A fixture, below tests/fixtures.</summary>
    public static string Fixture(params string[] parts) => Repository.In(["tests", "fixtures", .. parts]);

    /// <summary>Writes a file that is gone when the test run ends.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(WrittenImages.Folder, Path.GetRandomFileName());
        using FileStream stream = new(path, FileMode.CreateNew);
        stream.Write(bytes);
        return path;
    }
}
