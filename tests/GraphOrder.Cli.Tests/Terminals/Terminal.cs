using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphOrder.Cli.Tests.Terminals;

/// <summary>A terminal of script (bsdutils); a test is skipped by name where that is missing.</summary>
internal static partial class Terminal
{
    private const string Script = "/usr/bin/script";
    private const int MillisecondsMax = 120_000;

    /// <summary>What a shell's line puts on a terminal, control sequences and all.</summary>
    /// <param name="columns">How wide the terminal is.</param>
    /// <param name="line">The line; <c>{tool}</c> stands for the tool.</param>
    /// <param name="told">COLUMNS in the environment; empty for none.</param>
    public static string Run(int columns, string line, string told = "")
    {
        if (!File.Exists(Script))
        {
            Assert.Ignore("script (bsdutils) is missing");
        }

        string command = string.Create(CultureInfo.InvariantCulture, $"stty cols {columns}; ")
            + line.Replace("{tool}", $"'{Tool.Path}'", StringComparison.Ordinal);
        using Process process = Tool.Start(
            new() { ["TERM"] = "xterm", ["COLUMNS"] = told, ["NO_COLOR"] = "" },
            Script, "-q", "-e", "-c", command, "/dev/null");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(MillisecondsMax), Is.True);
        return output;
    }

    /// <summary>The same without control sequences, with plain line ends.</summary>
    public static string Text(int columns, string line, string told = "") =>
        Control().Replace(Run(columns, line, told), "").Replace("\r", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")]
    private static partial Regex Control();
}
