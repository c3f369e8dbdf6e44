using System.Diagnostics;

namespace GraphOrder.Orleans.Tests;

/// <summary>The checker that knows nothing of our code: tests/fleet/check_events.py.</summary>
internal static class EventChecker
{
    /// <summary>It finds nothing wrong in the lines of a roll-out that is over.</summary>
    public static void AssertRight(byte[] lines)
    {
        (bool isRight, string told) = Check(lines, "--over");
        Assert.That(isRight, told);
    }

    /// <summary>The same of the files of several silos, which together hold all lines.</summary>
    public static void AssertRight(IEnumerable<string> files)
    {
        (bool isRight, string told) = Check(["--over", .. files]);
        Assert.That(isRight, told);
    }

    /// <summary>What it says of lines of events, and whether it finds them right.</summary>
    public static (bool IsRight, string Told) Check(byte[] lines, params string[] options)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, lines);
            return Check([file, .. options]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (bool IsRight, string Told) Check(string[] words)
    {
        ProcessStartInfo start = new("python3", [Repository.In("tests", "fleet", "check_events.py"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(errors.Result, Is.Empty);
        return (process.ExitCode == 0, told);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("python3 is not installed");
            throw;
        }
    }
}
