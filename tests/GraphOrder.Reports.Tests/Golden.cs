namespace GraphOrder.Reports.Tests;

/// <summary>
/// Compares a report with the file that holds how it should look. With GRAPHORDER_GOLDEN=write the file is
/// written instead, for a person to read before it is committed.
/// </summary>
internal static class Golden
{
    public static string Folder { get; } = Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden");

    /// <summary>Compares a report, or what is written in a format of another extension.</summary>
    public static void Compare(string name, string actual, string extension = ".txt")
    {
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(Repository.In("tests", "GraphOrder.Reports.Tests", "Golden", name + extension), actual);
            return;
        }

        string expected = File.ReadAllText(Path.Combine(Folder, name + extension));
        Assert.That(actual, Is.EqualTo(expected), $"Golden/{name}{extension}");
    }
}
