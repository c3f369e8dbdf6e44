using System.Diagnostics;

namespace GraphOrder.Cli.Tests;

/// <summary>What somebody else on the machine may have laid in the way of a file.</summary>
[TestFixture]
public sealed class AttackTests
{
    private const string Legal = "tests/samples/two-vms.json";
    private const string Recorded = "tests/fixtures/journals/update-done.journal";
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = (UnixFileMode)0x3FF; // 1777, as /tmp has it

    [TestCase("set.json")]
    [TestCase("not-there")]
    public void An_answer_is_not_written_through_a_link_in_a_folder_that_everybody_may_write(string target)
    {
        using Scratch scratch = new();
        string shared = Directory.CreateDirectory(scratch.File("shared")).FullName;
        string victim = scratch.Write("set.json", "somebody's");
        string link = Path.Combine(shared, "plan.json");
        File.CreateSymbolicLink(link, scratch.File(target));
        File.SetUnixFileMode(shared, Everybody);

        Tool.Run("plan", Legal, "--output", link).AssertIs(
            3,
            "",
            $"graph-order: '{link}' is a link to '{scratch.File(target)}' in a folder that everybody may write, so "
            + "anybody may have laid it. Name the file itself.\n");

        Assert.That(File.ReadAllText(victim), Is.EqualTo("somebody's"));
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "set.json", "shared" }));
        Assert.That(Directory.GetFileSystemEntries(shared), Has.Length.EqualTo(1));
    }

    [TestCase("resume")]
    [TestCase("abort")]
    public void A_journal_that_others_may_write_is_not_acted_on(string command)
    {
        using Scratch scratch = new();
        string journal = scratch.File("journal");
        File.Copy(Path.Combine(Tool.Root, Recorded), journal);
        File.SetUnixFileMode(journal, OwnersFile | UnixFileMode.GroupWrite);
        byte[] before = File.ReadAllBytes(journal);

        Tool.Run(command, "--journal", journal).AssertIs(
            3,
            "",
            $"graph-order: The journal '{journal}' may be written by others than its owner, so it may say what never "
            + $"happened. Compare it with what you know, then 'chmod go-w {journal}'.\n");

        Assert.That(File.ReadAllBytes(journal), Is.EqualTo(before));
        Assert.That(Tool.Run("status", "--journal", journal).Output, Does.StartWith("DONE"));
    }

    [TestCase("resume")]
    [TestCase("abort")]
    public void A_journal_is_not_found_through_a_link_in_a_folder_that_everybody_may_write(string command)
    {
        using Scratch scratch = new();
        string shared = Directory.CreateDirectory(scratch.File("shared")).FullName;
        string journal = scratch.File("journal");
        File.Copy(Path.Combine(Tool.Root, Recorded), journal);
        File.SetUnixFileMode(journal, OwnersFile);
        string link = Path.Combine(shared, "journal");
        File.CreateSymbolicLink(link, journal);
        File.SetUnixFileMode(shared, Everybody);

        ToolResult result = Tool.Run(command, "--journal", link);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Output);
        Assert.That(result.Errors, Does.Contain("anybody may have laid it"));
    }

    [Test]
    public void A_new_file_is_as_private_as_its_maker_wants_it()
    {
        using Scratch scratch = new();
        string plan = scratch.File("plan.json");
        RunProgram("sh", "-c", $"umask 077; exec '{Tool.Path}' plan {Legal} --format json --output '{plan}'");

        Assert.That(File.GetUnixFileMode(plan), Is.EqualTo(OwnersFile));
    }

    [Test]
    public void Who_may_not_write_or_read_is_told_so()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
        {
            Assert.Ignore("setpriv is missing, or this is not root: nobody else can be asked");
        }

        using Scratch scratch = new();
        string secret = scratch.Write("set.json", File.ReadAllText(Path.Combine(Tool.Root, Legal)));
        File.SetUnixFileMode(secret, OwnersFile);
        File.SetUnixFileMode(
            scratch.Folder,
            OwnersFile | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        (int writing, string mayNotWrite) = RunAsNobody("generate", "chain", "--objects", "3", "--output", scratch.File("plan.json"));
        (int reading, string mayNotRead) = RunAsNobody("plan", secret);

        Assert.That((writing, reading), Is.EqualTo((3, 3)), mayNotWrite + mayNotRead);
        Assert.That(mayNotWrite, Does.Contain("may not be written. Check the permissions of the file and its folder."));
        Assert.That(mayNotRead, Does.Contain($"'{secret}' may not be read."));
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "set.json" }));
    }

    [Test]
    public void A_socket_is_not_made_over_a_link_or_a_file()
    {
        using Scratch scratch = new();
        string file = scratch.Write("file", "somebody's");
        File.CreateSymbolicLink(scratch.File("link"), file);
        foreach (string path in (string[])[file, scratch.File("link")])
        {
            ToolResult result = Tool.Run("serve", "--socket", path);
            Assert.That(result.ExitCode, Is.Not.Zero.And.LessThan(6), path);
            Assert.That(result.Errors, Does.StartWith("graph-order: ").And.Contain(path));
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo("somebody's"));
        Assert.That(new FileInfo(scratch.File("link")).LinkTarget, Is.EqualTo(file));
    }

    private static (int ExitCode, string Errors) RunAsNobody(params string[] arguments)
    {
        using Process process = Tool.Start(
            null, "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Tool.Path, .. arguments]);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private static void RunProgram(string program, params string[] arguments)
    {
        using Process process = Tool.Start(null, program, arguments);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors);
    }
}
