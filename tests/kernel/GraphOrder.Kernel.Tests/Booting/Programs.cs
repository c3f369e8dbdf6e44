namespace GraphOrder.Kernel.Tests;

/// <summary>
/// The Native AOT programs that the guest runs: those that the environment names, or published here when they
/// are first asked for; what is published already and is up to date takes a moment.
/// </summary>
internal static class Programs
{
    private static readonly TimeSpan PublishMax = TimeSpan.FromMinutes(15);

    private static readonly Lazy<string> BuiltGuest = new(() => Publish(
        "GRAPHORDER_KERNEL_GUEST", Repository.In("tests", "kernel", "GraphOrder.KernelGuest"), "kernel-guest"));

    private static readonly Lazy<string> BuiltTool = new(() => Publish(
        "GRAPHORDER_KERNEL_TOOL", Repository.In("src", "GraphOrder.Cli"), "graph-order"));

    private static readonly Lazy<string> BuiltLoop = new(() => Compile(
        Repository.In("tests", "kernel", "programs", "get_name.c"), "get-name", "-O2"));

    /// <summary>The guest's first process.</summary>
    public static string Guest => BuiltGuest.Value;

    /// <summary>The tool.</summary>
    public static string Tool => BuiltTool.Value;

    /// <summary>The loop in C beside which calls are measured.</summary>
    public static string Loop => BuiltLoop.Value;

    /// <summary>Compiles a C program into one that needs no library.</summary>
    public static string Compile(string source, string name, params ReadOnlySpan<string> flags)
    {
        Command.Demand("gcc");
        string program = Path.Combine(Artifacts.Folder("programs"), name);
        (int? exitCode, string output) = Command.Run(
            PublishMax, null, "gcc",
            ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-static", .. flags, "-o", program, source]);
        Assert.That(exitCode, Is.Zero, output);
        return program;
    }

    /// <summary>
    /// The shared libraries that a program is started with, the loader among them, and the one that the
    /// runtime opens by name for digests.
    /// </summary>
    public static SortedSet<string> LibrariesOf(string program)
    {
        Command.Demand("ldd");
        SortedSet<string> found = new(StringComparer.Ordinal);
        Queue<string> open = new([program]);
        while (open.TryDequeue(out string? file))
        {
            (_, string output) = Command.Run(PublishMax, null, "ldd", file);
            foreach (string word in output.Split((char[])[' ', '\t', '\n'],
                StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.StartsWith('/') && File.Exists(word) && word != file && found.Add(word))
                {
                    string ssl = Path.Combine(Path.GetDirectoryName(word)!, "libssl.so.3");
                    if (File.Exists(ssl) && found.Add(ssl))
                    {
                        open.Enqueue(ssl);
                    }
                }
            }
        }

        return found;
    }

    private static string Publish(string variable, string project, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named, Repository.Root);
        }

        Command.Demand("gcc");
        string folder = Artifacts.Folder(name);
        (int? exitCode, string output) = Command.Run(
            PublishMax, null, "dotnet", "publish", project, "-c", "Release", "-r", "linux-x64", "-o", folder);
        Assert.That(exitCode, Is.Zero, output);
        return Path.Combine(folder, name);
    }
}
