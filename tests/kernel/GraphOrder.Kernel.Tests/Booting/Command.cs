using System.Diagnostics;

namespace GraphOrder.Kernel.Tests;

/// <summary>Runs a program with a time limit, in the repository's root.</summary>
internal static class Command
{
    /// <summary>Skips the test where a program is missing.</summary>
    public static void Demand(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Ignore($"{program} is missing");
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code and all that it said; null where it had to be stopped.</returns>
    public static (int? ExitCode, string Output) Run(
        TimeSpan limit, Dictionary<string, string?>? environment, string program,
        params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments.ToArray())
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return (ended ? process.ExitCode : null, output.Result + errors.Result);
    }
}
