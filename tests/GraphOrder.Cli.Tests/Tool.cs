using System.Diagnostics;
using System.Text;

namespace GraphOrder.Cli.Tests;

/// <summary>
/// Runs the built tool as a process: the one beside this test's own configuration, or the one that
/// GRAPHORDER_TOOL names (the Native AOT binary). Every run has a timeout.
/// </summary>
internal static class Tool
{
    private const int MillisecondsMax = 120_000;

    public static string Root => Repository.Root;

    public static string Path { get; } = FindTool();

    /// <summary>Runs the tool in the repository's root.</summary>
    public static ToolResult Run(params string[] arguments) => RunWith(null, null, arguments);

    /// <summary>Runs the tool with bytes on standard input and with more environment.</summary>
    public static ToolResult RunWith(
        byte[]? input, Dictionary<string, string>? environment, params string[] arguments)
    {
        using Process process = Start(environment, Path, arguments);
        Task<byte[]> output = ReadAsync(process.StandardOutput.BaseStream);
        Task<byte[]> errors = ReadAsync(process.StandardError.BaseStream);
        using (Stream stdin = process.StandardInput.BaseStream)
        {
            stdin.Write(input ?? []);
        }

        Assert.That(process.WaitForExit(MillisecondsMax), Is.True, "the tool ends");
        return new ToolResult(process.ExitCode, output.Result, Encoding.UTF8.GetString(errors.Result));
    }

    /// <summary>Starts a program with all streams redirected.</summary>
    public static Process Start(
        Dictionary<string, string>? environment, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream all = new();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private static string FindTool()
    {
        string configuration = System.IO.Path.GetFileName(
            TestContext.CurrentContext.TestDirectory.TrimEnd('/'));
        return Environment.GetEnvironmentVariable("GRAPHORDER_TOOL")
            ?? System.IO.Path.Combine(
                Root, "artifacts", "bin", "GraphOrder.Cli", configuration, "graph-order");
    }
}

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolResult(int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output { get; } = Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Checks exit code, then output, then errors.</summary>
    public void AssertIs(int exitCode, string output, string errors)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Errors);
        Assert.That(Output, Is.EqualTo(output));
        Assert.That(Errors, Is.EqualTo(errors));
    }
}
