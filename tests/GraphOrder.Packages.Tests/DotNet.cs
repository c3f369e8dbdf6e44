using System.Diagnostics;

namespace GraphOrder.Packages.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    /// <summary>What <c>dotnet</c> prints; the test fails where it fails.</summary>
    public static string Run(string folder, params string[] arguments) => Run("dotnet", folder, 0, arguments);

    /// <summary>What a program writes to standard output.</summary>
    public static string Run(string program, string folder, int exitCode, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test host speaks for its own run; what it starts is a run of its own.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} takes longer than {Longest}.");
        }

        Assert.That(
            process.ExitCode,
            Is.EqualTo(exitCode),
            $"{program} {string.Join(' ', arguments)}\n{output.Result}\n{errors.Result}");
        return output.Result;
    }
}
