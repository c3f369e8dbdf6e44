using System.Diagnostics;

namespace GraphOrder.Fuzz.Tests;

/// <summary>
/// The short form of fuzzing: each target for a moment, with the script that runs it for hours. What it
/// finds fails here, with its file and how to replay it.
/// </summary>
[TestFixture]
[NonParallelizable]
public sealed class GuidedTests
{
    private const string Seconds = "1";
    // It ends when the defect is found; a busy machine needs longer.
    private const string SelfTestSeconds = "180";

    private static readonly string Work = Repository.In("artifacts", "fuzz-short");

    private static readonly string[] Programs = ["afl-fuzz"];

    [OneTimeSetUp]
    public void Start()
    {
        string[] missing = [.. Programs.Where(program => !Folders().Any(
            folder => File.Exists(Path.Combine(folder, program))))];
        if (missing.Length > 0)
        {
            Assert.Ignore($"{string.Join(", ", missing)} is missing; tests/install-tools.sh installs it.");
        }

        // Copies of assemblies that are not those of now would be fuzzed instead.
        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }
    }

    [Test, Order(1)]
    public void Coverage_guides_to_a_planted_defect()
    {
        string output = Run("self-test", SelfTestSeconds, out int exit);
        Assert.That(exit, Is.Zero, output);
        Assert.That(output, Does.Contain("self-test: FINDING").And.Contains("the planted defect was found"));
    }

    [TestCaseSource(nameof(Targets)), Order(2)]
    public void A_target_is_fuzzed_for_a_moment(string name)
    {
        string output = Run(name, Seconds, out int exit);
        Assert.That(exit, Is.Zero, output);
        Assert.That(output, Does.Match($"^{name} +[1-9][0-9]* executions"));
    }

    private static string Run(string target, string seconds, out int exit)
    {
        ProcessStartInfo start = new(Repository.In("tests", "fuzz", "fuzz.sh"), [target, seconds])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GRAPHORDER_FUZZ_PREPARED"] = "1";
        start.Environment["GRAPHORDER_FUZZ_WORK"] = Work;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        exit = process.ExitCode;
        return output + errors.Result;
    }

    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');

    private static IEnumerable<string> Targets() => FuzzTargets.All.Select(target => target.Name);
}
