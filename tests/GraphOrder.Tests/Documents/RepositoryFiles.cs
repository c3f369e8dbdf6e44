namespace GraphOrder.Tests.Documents;

/// <summary>Files of the repository that tests read where they lie.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder with the solution.</summary>
    public static string Root => Repository.Root;

    /// <summary>Every sample whose schema is this one, by path.</summary>
    public static string[] Samples(string schema) =>
    [
        .. Directory.EnumerateFiles(In("tests", "samples"), "*.json")
            .Where(path => File.ReadAllText(path).Contains($"\"{schema}\"", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A path below the root.</summary>
    public static string In(params ReadOnlySpan<string> parts) => Repository.In(parts);
}
