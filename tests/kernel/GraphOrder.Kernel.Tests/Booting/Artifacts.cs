namespace GraphOrder.Kernel.Tests;

/// <summary>Where the tests of the kernel leave what they made.</summary>
internal static class Artifacts
{
    /// <summary>A folder under artifacts/kernel, made.</summary>
    public static string Folder(string name) =>
        Directory.CreateDirectory(Repository.In("artifacts", "kernel", name)).FullName;
}
