using System.Diagnostics;

namespace GraphOrder.Tests.Documents;

/// <summary>Runs a Python script. A test whose Python or module is missing is skipped by name.</summary>
internal static class Python
{
    private const int MillisecondsMax = 120_000;

    /// <summary>What the script prints, line by line.</summary>
    public static string[] Run(string script, IEnumerable<string> arguments, string? module = null)
    {
        string? python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(each => Has(each, module));
        if (python is null)
        {
            Assert.Ignore(module is null ? "python3 is missing" : $"python3-{module} is missing");
        }

        (int exitCode, string output, string errors) = Start(python!, [script, .. arguments]);
        Assert.That(exitCode, Is.Zero, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool Has(string python, string? module)
    {
        try
        {
            return Start(python, ["-c", module is null ? "" : $"import {module}"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Errors) Start(string python, string[] arguments)
    {
        ProcessStartInfo start = new(python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(MillisecondsMax), Is.True, "python ends");
        return (process.ExitCode, output, errors.Result);
    }
}
