namespace GraphOrder.Tests.Documents;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("graphorder-");

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
