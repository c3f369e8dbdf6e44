using System.Diagnostics;

namespace GraphOrder.Cli.Tests.Security;

/// <summary>With which mode files begin: who opens one before it is private goes on reading it.</summary>
[TestFixture]
public sealed class FileModeTests
{
    private const string Strace = "/usr/bin/strace";
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Test]
    public void What_replaces_a_private_file_is_private_from_its_first_moment_and_keeps_the_mode()
    {
        using Scratch scratch = new();
        string plan = scratch.Write("plan.json", "old");
        File.SetUnixFileMode(plan, OwnersFile);

        string[] made = Made(scratch, "plan", "tests/samples/two-vms.json", "--format", "json", "--output", plan);

        string temporary = made.Single(static line => line.Contains(".plan.json.", StringComparison.Ordinal));
        Assert.That(temporary, Does.Contain(", 0600)").And.Contain("O_EXCL"));
        Assert.That(File.GetUnixFileMode(plan), Is.EqualTo(OwnersFile));
        Assert.That(File.ReadAllText(plan), Does.StartWith("{"));
    }

    [Test]
    public void What_replaces_a_public_file_keeps_its_mode()
    {
        using Scratch scratch = new();
        string plan = scratch.Write("plan.json", "old");
        const UnixFileMode mode = OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(plan, mode);

        ToolResult result = Tool.Run("plan", "tests/samples/two-vms.json", "--format", "json", "--output", plan);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(File.GetUnixFileMode(plan), Is.EqualTo(mode));
    }

    private static string[] Made(Scratch scratch, params string[] arguments)
    {
        if (!File.Exists(Strace))
        {
            Assert.Ignore("strace is missing");
        }

        string trace = scratch.File("trace");
        using Process process = Tool.Start(
            null, Strace, ["-f", "-qq", "-s", "4096", "-e", "trace=openat", "-o", trace, Tool.Path, .. arguments]);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors);
        return [.. File.ReadLines(trace).Where(static line => line.Contains("O_CREAT", StringComparison.Ordinal))];
    }
}
