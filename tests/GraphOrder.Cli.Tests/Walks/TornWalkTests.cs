using System.Diagnostics;
using System.Text.Json;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>An image that changes while it is walked is named; one that stands still is not.</summary>
[TestFixture]
public sealed class TornWalkTests
{
    private const string Reason = "may be torn: its size or time of change is no longer what it was. Walk again, or "
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
        Assert.That(output, Does.Contain("\nTORN\n  GO2206  the image changed while it was read\n"));
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

    private static (string Output, string Errors, int ExitCode) WalkAndWrite(string image, params string[] more)
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

        // What is written is what was there: the table stays as it is.
        using (FileStream stream = new(image, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.Position = stream.Length - 1;
            stream.WriteByte(0);
        }

        Assert.That(process.WaitForExit(60_000), Is.True);
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
