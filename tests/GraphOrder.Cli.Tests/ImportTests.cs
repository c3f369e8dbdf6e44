using System.Diagnostics;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class ImportTests
{
    private const string HandOver = "tests/fixtures/luo-handover/kho-pages.bin";
    private const string Tables = "tests/fixtures/vtd-48bit";

    [Test]
    public void A_hand_over_goes_into_a_plan_and_a_check()
    {
        ToolResult imported = Tool.Run("import", "luo-memory", HandOver);

        Assert.That(imported.ExitCode, Is.Zero, imported.Errors);
        Assert.That(imported.Errors, Is.EqualTo(
            $"{HandOver}: warning GO7022: Not everything could be seen: the release of the kernel that hands over. "
            + "Look at x-notSeen in the set, and add what matters.\n"));
        ToolResult check = Tool.RunWith(imported.OutputBytes, null, "check", "-");
        Assert.That(check.ExitCode, Is.Zero, check.Output);
        Assert.That(check.Output, Does.StartWith("ACCEPTED: Linux 7.3.4 takes 6 files."));
    }

    [Test]
    public void This_machine_with_a_memfd_goes_into_a_check()
    {
        const string holder = "import os, sys\nf = os.memfd_create('graph-order-held')\nos.ftruncate(f, 4096)\n"
            + "print('held', flush=True)\nsys.stdin.read()\n";
        using Process held = Tool.Start(null, "python3", "-c", holder);
        try
        {
            Assert.That(held.StandardOutput.ReadLine(), Is.EqualTo("held"));
            ToolResult imported = Tool.Run("import", "host");

            Assert.That(imported.ExitCode, Is.Zero, imported.Errors);
            Assert.That(imported.Output, Does.Contain($"\"id\":\"python3-{held.Id}/graph-order-held\""));
            ToolResult check = Tool.RunWith(imported.OutputBytes, null, "check", "-");
            Assert.That(check.ExitCode, Is.AnyOf(0, 1), check.Errors);
            Assert.That(check.Errors, Is.Empty);
        }
        finally
        {
            held.StandardInput.Close();
            held.WaitForExit();
        }
    }

    [Test]
    public void A_host_without_anything_is_told_and_checked()
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.File("proc"));
        ToolResult imported = Tool.Run("import", "host", "--root", scratch.Folder);

        Assert.That(imported.ExitCode, Is.Zero);
        Assert.That(imported.Errors, Is.EqualTo(
            "host: info GO7021: This host holds nothing that a live update would have to preserve. "
            + "No process holds a memfd, an iommufd, a vfio device or a KVM machine. If something should be there, "
            + "name another source, or look as root.\n"));
        Assert.That(Tool.RunWith(imported.OutputBytes, null, "check", "-").ExitCode, Is.Zero);
    }

    [Test]
    public void Files_of_debugfs_make_one_set_in_a_file()
    {
        using Scratch scratch = new();
        string set = scratch.File("set.json");
        ToolResult imported = Tool.Run(
            "import", "vtd-debugfs", $"{Tables}/iommu_regset.txt", $"{Tables}/dmar_translation_struct.txt",
            $"{Tables}/domain_translation_struct.txt", "--output", set);

        Assert.That(imported.ExitCode, Is.Zero, imported.Errors);
        Assert.That(imported.Output, Is.Empty);
        Assert.That(Tool.Run("plan", set).Output, Does.StartWith("LEGAL"));
    }

    [TestCase("systemd", """{"version":1,"units":{"a":{"fdstore":[{"type":"fd","name":"n","token":1}]}}}""")]
    [TestCase("qemu", "qemu -object memory-backend-memfd,id=r,size=1G")]
    [TestCase("cloud-hypervisor", """{"memory":{"size":4096,"shared":true}}""")]
    public void Standard_input_is_imported(string source, string text)
    {
        ToolResult imported = Tool.RunWith(System.Text.Encoding.UTF8.GetBytes(text), null, "import", source, "-");

        Assert.That(imported.ExitCode, Is.Zero, imported.Errors);
        Assert.That(Tool.RunWith(imported.OutputBytes, null, "plan", "-").ExitCode, Is.Zero);
    }

    [Test]
    public void What_is_imported_is_as_its_schema_says()
    {
        using Scratch scratch = new();
        List<string> sets = [scratch.File("luo.json"), scratch.File("host.json"), scratch.File("vtd.json")];
        string[] arguments = [$"{Tables}/domain_translation_struct.txt", "--output", sets[2]];
        Assert.That(Tool.Run("import", "luo-memory", HandOver, "--output", sets[0]).ExitCode, Is.Zero);
        Assert.That(Tool.Run("import", "host", "--output", sets[1]).ExitCode, Is.Zero);
        Assert.That(Tool.Run(["import", "vtd-debugfs", .. arguments]).ExitCode, Is.Zero);
        string golden = Path.Combine(Tool.Root, "tests/GraphOrder.LiveUpdate.Tests/Golden/Importing");
        sets.AddRange(Directory.EnumerateFiles(golden, "*.json"));
        Assert.That(sets, Has.Count.GreaterThanOrEqualTo(9));

        string[] verdicts = Python.Run(
            Path.Combine(Tool.Root, "tests/GraphOrder.Tests/Documents/check_schema.py"),
            [Path.Combine(Tool.Root, "src/GraphOrder/Documents/session-set.schema.json"), .. sets],
            module: "jsonschema");
        Assert.That(verdicts, Has.Length.EqualTo(sets.Count).And.All.EqualTo("valid"));
    }

    [TestCase("needs one of host, luo-memory, vtd-debugfs, systemd, qemu, cloud-hypervisor, graphml, dot.")]
    [TestCase("Give one of them.", "luo-memory", "x", "--fdt", "0x1000", "--setup-data", "0x1000")]
    [TestCase("--fdt cannot be 'y'.", "luo-memory", "x", "--fdt", "y")]
    [TestCase("--base must be a multiple of 8.", "luo-memory", "x", "--base", "0x1")]
    [TestCase("Did you mean 'host'?", "hots")]
    public void A_wrong_command_line_says_what_is_right(string expected, params string[] words)
    {
        ToolResult result = Tool.Run(["import", .. words]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Errors);
        Assert.That(result.Errors, Does.Contain(expected));
        Assert.That(result.Output, Is.Empty);
    }

    [TestCase(3, "There is no file", "luo-memory", "nowhere")]
    [TestCase(3, "holds no folder 'proc'", "host", "--root", "src")]
    [TestCase(4, "error GO7001: ", "luo-memory", Tables + "/pages.bin")]
    [TestCase(4, "error GO7002: ", "luo-memory", HandOver, "--fdt", "0x1000")]
    [TestCase(4, "error GO7020: ", "systemd", "README.md")]
    public void What_cannot_be_imported_ends_with_its_code(int code, string expected, params string[] words)
    {
        ToolResult result = Tool.Run(["import", .. words]);

        Assert.That(result.ExitCode, Is.EqualTo(code), result.Errors);
        Assert.That(result.Errors, Does.Contain(expected));
        Assert.That(result.Output, Is.Empty);
    }
}
