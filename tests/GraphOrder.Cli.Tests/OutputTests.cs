namespace GraphOrder.Cli.Tests;

/// <summary>What is said where an answer cannot be written: the user's own words, and a way out.</summary>
[TestFixture]
public sealed class OutputTests
{
    private const string Legal = "tests/samples/session-set.json";

    [Test]
    public void A_link_that_leads_nowhere_is_called_so_and_stays()
    {
        using Scratch scratch = new();
        string link = scratch.File("plan.json");
        File.CreateSymbolicLink(link, "missing.json");

        Tool.Run("plan", Legal, "--output", link).AssertIs(
            3,
            "",
            $"graph-order: '{link}' is a link to 'missing.json', where no file is. Make that file, or name another "
            + "one.\n");
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo("missing.json"));
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "plan.json" }));
    }

    [Test]
    public void A_folder_that_takes_no_files_is_told_by_the_name_that_was_given() =>
        Tool.Run("plan", Legal, "--output", "/proc/x").AssertIs(
            3, "", "graph-order: '/proc/x' cannot be written: no file can be made in its folder. Name another place.\n");

    [Test]
    public void A_full_disk_is_told_in_sentences()
    {
        Tool.Run("plan", Legal, "--output", "/dev/full").AssertIs(
            3, "", "graph-order: '/dev/full' cannot be written: No space left on device. Name another file.\n");

        using System.Diagnostics.Process process = Tool.Start(
            null, "/bin/sh", "-c", $"exec '{Tool.Path}' plan {Legal} > /dev/full");
        string errors = process.StandardError.ReadToEnd();
        Assert.That(process.WaitForExit(60_000), Is.True);
        Assert.That((process.ExitCode, errors), Is.EqualTo((
            3,
            "graph-order: Standard output cannot be written: No space left on device. Use --output, or another place.\n")));
    }

    [Test]
    public void Standard_output_and_error_in_one_file_keep_what_each_wrote()
    {
        using Scratch scratch = new();
        string both = scratch.File("both");
        using System.Diagnostics.Process process = Tool.Start(
            null,
            "/bin/sh",
            "-c",
            $"echo first > '{both}'; '{Tool.Path}' plan {Legal} --verbose >> '{both}' 2>&1; echo last >> '{both}'");
        Assert.That(process.WaitForExit(60_000), Is.True);
        string text = File.ReadAllText(both);

        Assert.That(text, Does.StartWith("first\n").And.EndWith(" ms\nlast\n"));
        Assert.That(text, Does.Contain(Tool.Run("plan", Legal).Output));
    }
}
