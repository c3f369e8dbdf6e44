using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Verification;

/// <summary>What a checker gave for one plan.</summary>
internal sealed record CheckerAnswer(int ExitCode, string Text);

/// <summary>
/// The two checkers of <c>tests/certificate</c>. A test whose compiler, library or Python is missing is
/// skipped by name.
/// </summary>
internal static class CertificateCheckers
{
    private const int MillisecondsMax = 120_000;
    private const int PlansAtOnceMax = 500;

    private static readonly Lazy<(string? Path, string Missing)> Built = new(Build);

    /// <summary>What both say of each plan; they must say the same.</summary>
    public static List<CheckerAnswer> Check(IReadOnlyList<byte[]> plans)
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. plans.Select((plan, i) => folder.Write($"{i}.json", plan))];
        return CheckFiles(paths);
    }

    /// <summary>What both say of each file.</summary>
    public static List<CheckerAnswer> CheckFiles(string[] paths)
    {
        List<CheckerAnswer> inPython = InPython(paths);
        List<CheckerAnswer> inC = [.. paths.Select(InC)];
        for (int i = 0; i < paths.Length; i++)
        {
            // What is wrong with a document that is none is told in each one's own words.
            bool isAnswer = inPython[i].ExitCode is 0 or 1;
            Assert.That(inC[i].ExitCode, Is.EqualTo(inPython[i].ExitCode), () => Both(inPython[i], inC[i]));
            Assert.That(!isAnswer || inC[i] == inPython[i], Is.True, () => Both(inPython[i], inC[i]));
        }

        return inC;

        static string Both(CheckerAnswer python, CheckerAnswer c) => $"Python: {python}\nC: {c}";
    }

    private static List<CheckerAnswer> InPython(string[] paths)
    {
        string script = RepositoryFiles.In("tests", "certificate", "check_many.py");
        List<CheckerAnswer> answers = [];
        foreach (string[] some in paths.Chunk(PlansAtOnceMax))
        {
            foreach (string line in Python.Run(script, some))
            {
                JsonElement answer = JsonDocument.Parse(line).RootElement;
                answers.Add(new CheckerAnswer(answer[0].GetInt32(), answer[1].GetString()!));
            }
        }

        Assert.That(answers, Has.Count.EqualTo(paths.Length));
        return answers;
    }

    private static CheckerAnswer InC(string path)
    {
        (string? program, string missing) = Built.Value;
        if (program is null)
        {
            Assert.Ignore(missing);
        }

        return Run(program!, path);
    }

    private static (string? Path, string Missing) Build()
    {
        string source = RepositoryFiles.In("tests", "certificate", "check_certificate.c");
        string folder = RepositoryFiles.In("artifacts", "certificate");
        string program = Path.Combine(folder, $"check_certificate.{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            CheckerAnswer built = Run(
                "gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-ljansson");
            bool isLibraryMissing = built.Text.Contains("jansson", StringComparison.Ordinal)
                && built.ExitCode != 0;
            Assert.That(built.ExitCode == 0 || isLibraryMissing, Is.True, built.Text);
            return isLibraryMissing ? (null, "libjansson-dev is missing") : (program, "");
        }
        catch (Win32Exception)
        {
            return (null, "gcc is missing");
        }
    }

    private static CheckerAnswer Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(MillisecondsMax), Is.True, $"{program} ends");
        return new CheckerAnswer(process.ExitCode, output + errors.Result);
    }
}
