namespace GraphOrder.Native.Tests;

/// <summary>A walk over memory of a C program gives the document that the tool gives of the file.</summary>
[TestFixture]
public sealed class WalkTests
{
    [TestCase("vtd-second-stage", "-", 3)]
    [TestCase("amd-v1", "-", 3)]
    [TestCase("x86-64", "-", 3)]
    [TestCase("arm-lpae-s1", "64K", 2)]
    [TestCase("riscv-sv39", "-", 2)]
    public void Of_a_sound_table_and_of_a_broken_one(string format, string granule, int level)
    {
        using Scratch scratch = new();
        string image = scratch.File("table.img");
        string[] named = granule == "-" ? ["--table", format] : ["--table", format, "--granule", granule];
        string[] command = [.. named, "--top-level", $"{level}"];
        ToolResult made = Tool.Run(["generate", "table", .. command, "--size", "64M", "--output", image]);
        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        string root = made.Output.Split("--root ")[1].Split(' ', '\n')[0];

        Compare("sound", 0);
        byte[] bytes = File.ReadAllBytes(image);
        for (int i = 4096; i + 8 < bytes.Length; i += 40_000)
        {
            bytes[i + 6] ^= 0x55;
        }

        // The second entry of the root: a table, or a leaf, that cannot be.
        bytes.AsSpan((int)Convert.ToUInt64(root, 16) + 8, 8).Fill(0xFF);

        File.WriteAllBytes(image, bytes);
        Compare("broken", 1);

        void Compare(string which, int exitCode)
        {
            string[] question = ["walk", image, .. command, "--root", root, "--format", "json"];
            ToolResult plain = Tool.Run(question);
            ToolResult runs = Tool.Run([.. question, "--runs"]);
            Assert.That(plain.ExitCode, Is.EqualTo(exitCode), which + plain.Errors);
            ProgramResult own = Programs.RunOwn("walk", format, granule, $"{level}", root, image);
            ProgramResult ownRuns = Programs.RunOwn("walk", format, granule, $"{level}", root, image, "runs");
            Assert.That(own.ExitCode, Is.EqualTo(exitCode), own.All);
            Assert.That(own.Output, Is.EqualTo(plain.Output), which);
            Assert.That(ownRuns.Output, Is.EqualTo(runs.Output).And.Not.EqualTo(plain.Output), which);
        }
    }
}
