using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>An image that changes while it is walked is named; one that stands still is not.</summary>
[TestFixture]
public sealed class TornWalkTests
{
    private const string Reason = "may be torn, so that a fault may be none: its size or time of change is no longer what it was. Walk again, or "
        + "take an image of a machine that stands still.";

    [Test]
    public void A_file_that_is_written_meanwhile_is_named_in_the_document_and_beside_it()
    {
        using Scratch scratch = new();
        string image = Images.Long(scratch, 1 << 20);

        (string output, string errors, int exitCode) = WalkAndWrite(image, "--format", "json");

        Assert.That(exitCode, Is.Zero, "a sound table stays sound");
        Assert.That(errors, Is.EqualTo($"graph-order: Warning: What was read of {image} {Reason}\n"));
        using JsonDocument found = JsonDocument.Parse(output);
        JsonElement torn = found.RootElement.GetProperty("diagnostics")[0];
        Assert.That(torn.GetProperty("code").GetString(), Is.EqualTo("GO2206"));
        Assert.That(torn.GetProperty("severity").GetString(), Is.EqualTo("warning"));
        Assert.That(torn.GetProperty("image").GetString(), Is.EqualTo(image));
    }

    [Test]
    public void A_report_says_it_in_its_first_line()
    {
        using Scratch scratch = new();

        (string output, _, _) = WalkAndWrite(Images.Long(scratch, 1 << 20));

        Assert.That(output, Does.StartWith("SOUND, with 1 warning (GO2206); "));
        Assert.That(output, Does.Contain("\nTORN\n  GO2206  what was read may be torn\n"));
    }

    // In a name space of its own, where /proc/kcore is a core that the test writes.
    [Test]
    public void The_memory_of_the_machine_is_read_and_named()
    {
        const string Script = "old=$(mktemp -d) && mount --bind /proc $old && mount -t tmpfs none /proc || exit 99; "
            + "for f in $old/*; do case ${f##*/} in [0-9]*|kcore) ;; *) ln -s $f /proc/${f##*/};; esac; done; "
            + "cp $1 /proc/kcore; exec $2 walk /proc/kcore --table vtd-second-stage --top-level 3 --root 0x1000";
        using Scratch scratch = new();
        byte[] core = new byte[0x3000];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(core);
        core[16] = 4;
        core[32] = 64;
        core[54] = 56;
        core[56] = 1;
        (int Offset, long Value)[] header =
            [(64, 1), (72, 0x1000), (88, 0x1000), (96, 0x2000), (104, 0x2000)];
        foreach ((int offset, long value) in header)
        {
            BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(offset), value);
        }

        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(0x1000), 0x9003);
        File.WriteAllBytes(scratch.File("core"), core);
        using Process process = Tool.Start(
            null, "unshare", "-m", "sh", "-c", Script, "sh", scratch.File("core"), Tool.Path);
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        Assert.That(process.WaitForExit(60_000), Is.True);
        if (process.ExitCode == 99 || errors.StartsWith("unshare", StringComparison.Ordinal))
        {
            Assert.Ignore("mounting is not allowed here");
        }

        Assert.That(output, Does.StartWith("FAULTS, or torn reads (GO2206): 1 error (GO3104);"), errors);
        Assert.That(output, Does.Contain("none: the machine ran meanwhile.").And.Contain("  image   /proc/kcore, an ELF core\n"));
        Assert.That(errors, Does.StartWith("graph-order: Warning: What was read of /proc/kcore may be torn"));
    }

    [Test]
    public void The_memory_of_the_machine_is_not_mapped()
    {
        using Scratch scratch = new();
        File.CreateSymbolicLink(scratch.File("kcore"), "/proc/kcore");
        foreach (string path in (string[])["/proc/kcore", scratch.File("kcore")])
        {
            Tool.Run("walk", path, "--table", "amd-v1", "--top-level", "3", "--root", "0x1000", "--map").AssertIs(
                2, "", "graph-order: /proc/kcore can be read, not mapped. Leave out --map.\n");
        }
    }

    private static (string Output, string Errors, int ExitCode) WalkAndWrite(
        string image, params string[] more)
    {
        using Process process = Tool.Start(
            null, Tool.Path,
            ["walk", image, "--table", "vtd-second-stage", "--top-level", "3", "--root", "0x1000", .. more]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !Holds(process.Id, image))
        {
            Thread.Sleep(1);
        }

        // What is written is what was there: the table stays as it is. The first of it may come before the
        // walk begins.
        using (FileStream stream = new(image, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0))
        {
            for (int waits = 0; waits < 6000 && !process.WaitForExit(10); waits++)
            {
                stream.Position = stream.Length - 1;
                stream.WriteByte(0);
            }
        }

        Assert.That(process.HasExited, Is.True);
        return (output.Result, errors.Result, process.ExitCode);
    }

    private static bool Holds(int process, string image)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd")
                .Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName == image);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
