namespace GraphOrder.Cli.Tests;

/// <summary>A folder of its own that goes away with the test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("graph-order-").FullName;

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order()!];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
