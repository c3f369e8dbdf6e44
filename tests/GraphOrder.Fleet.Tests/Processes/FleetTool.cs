using System.Diagnostics;
using System.Text;

namespace GraphOrder.Fleet.Tests;

/// <summary>Runs the built program as a process. Every run has a timeout.</summary>
internal static class FleetTool
{
    private const int MillisecondsMax = 120_000;

    /// <summary>The program beside this test's own configuration.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        Repository.Root,
        "artifacts",
        "bin",
        "GraphOrder.Fleet",
        System.IO.Path.GetFileName(TestContext.CurrentContext.TestDirectory.TrimEnd('/')),
        "graph-order-fleet");

    /// <summary>Runs a command to its end.</summary>
    public static ToolResult Run(params string[] arguments) => RunIn(null, arguments);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="environment">What it finds there beside.</param>
    /// <param name="arguments">What it is called with.</param>
    public static ToolResult RunIn(
        IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(MillisecondsMax))
        {
            process.Kill();
            Assert.Fail("The tool does not end.");
        }

        return new ToolResult(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts it with all streams redirected.</summary>
    public static Process Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
