using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace GraphOrder.Native.Tests;

/// <summary>
/// Builds the C programs of this project against the installed library, each once, and runs programs with a
/// timeout. A test whose program is missing is skipped by name.
/// </summary>
internal static class Programs
{
    private const int MillisecondsMax = 240_000;

    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = [];

    /// <summary>Skips the test where a program is missing.</summary>
    public static void Demand(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Ignore($"{program} is missing");
        }
    }

    /// <summary>Builds one of this project's programs.</summary>
    /// <param name="name">Its file without the extension.</param>
    /// <param name="flags">More flags.</param>
    public static string Build(string name, params string[] flags)
    {
        Demand("gcc");
        string key = string.Join("", [name, .. flags]).Replace('/', '_');
        return Built.GetOrAdd(key, _ => new(() => Compile(name, key, flags))).Value;
    }

    /// <summary>Builds one of this project's programs and runs it with the installed library.</summary>
    public static ProgramResult RunOwn(string name, params string[] arguments) =>
        Run(Build(name), arguments, Installed.Environment());

    /// <summary>Runs a program in the repository's root.</summary>
    public static ProgramResult Run(
        string program, string[] arguments, Dictionary<string, string>? environment = null,
        int millisecondsMax = MillisecondsMax)
    {
        try
        {
            using Process process = Tool.Start(environment, program, arguments);
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(millisecondsMax))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} {string.Join(' ', arguments)} does not end");
            }

            return new(process.ExitCode, output.Result, errors.Result);
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{program} is missing");
            throw;
        }
    }

    private static string Compile(string name, string key, string[] flags)
    {
        string folder = Path.Combine(Tool.Root, "artifacts", "native", "programs");
        Directory.CreateDirectory(folder);
        string program = Path.Combine(folder, $"{key}.{Environment.ProcessId}");
        string source = Path.Combine(Tool.Root, "tests", "GraphOrder.Native.Tests", "Programs", $"{name}.c");
        ProgramResult built = Run("gcc",
        [
            "-std=gnu11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", program, source,
            "-I", Path.Combine(Installed.Prefix, "include"), "-L", Installed.Folder, .. flags,
            "-lgraphorder", "-ldl",
        ]);
        Assert.That(built.ExitCode, Is.Zero, built.All);
        return program;
    }
}
