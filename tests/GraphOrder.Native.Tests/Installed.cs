namespace GraphOrder.Native.Tests;

/// <summary>
/// The library as <c>install.sh</c> installs it: the prefix that GRAPHORDER_LIBRARY names, or one that is
/// published when it is first asked for and shared by all tests.
/// </summary>
internal static class Installed
{
    private static readonly Lazy<string> Found = new(Install);

    public static string Prefix => Found.Value;

    public static string Folder => Path.Combine(Prefix, "lib");

    public static string File(string cpu = "base") => cpu == "base"
        ? Path.Combine(Folder, "libgraphorder.so.1")
        : Path.Combine(Folder, "glibc-hwcaps", cpu, "libgraphorder.so.1");

    /// <summary>What finds it at run time, and what a compiler asks for.</summary>
    public static Dictionary<string, string> Environment(string? folder = null) => new()
    {
        ["LD_LIBRARY_PATH"] = folder ?? Folder,
        ["PKG_CONFIG_PATH"] = Path.Combine(Folder, "pkgconfig"),
        ["GRAPHORDER_LIB"] = Folder,
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    private static string Install()
    {
        if (System.Environment.GetEnvironmentVariable("GRAPHORDER_LIBRARY") is { Length: > 0 } named)
        {
            return Path.GetFullPath(named, Tool.Root);
        }

        Programs.Demand("gcc");
        string prefix = Path.Combine(Tool.Root, "artifacts", "native", "prefix");
        string script = Path.Combine(Tool.Root, "src", "GraphOrder.Native", "install.sh");
        ProgramResult installed = Programs.Run(script, [prefix], null, millisecondsMax: 900_000);
        Assert.That(installed.ExitCode, Is.Zero, installed.All);
        return prefix;
    }
}
