namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Compares with a file; <c>GRAPHORDER_GOLDEN=write</c> rewrites it.</summary>
internal static class Golden
{
    public static void Compare(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(path)));
    }
}
