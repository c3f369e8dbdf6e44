namespace GraphOrder.Orleans.Tests;

/// <summary>Documents of hosts as large as issues and figures speak of.</summary>
internal static class Documents
{
    /// <summary>A set of 40 objects and 100 dependencies.</summary>
    public static byte[] Of40(ulong seed)
    {
        using MemoryStream document = new();
        SessionSetWriter.Write(document, SessionSetGenerator.Generate(
            "layered", new GeneratorOptions { Objects = 40, Layers = 4, Dependencies = 100, Seed = seed }));
        return document.ToArray();
    }
}
