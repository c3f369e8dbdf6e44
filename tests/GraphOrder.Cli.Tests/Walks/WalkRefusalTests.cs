using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>What <c>walk</c> does not do, in one sentence each; and how it is ended.</summary>
[TestFixture]
public sealed class WalkRefusalTests
{
    private const string Vtd = Images.Vtd;
    private const string Known = "vtd-second-stage, x86-64, amd-v1, arm-lpae-s1, arm-lpae-s2, riscv-sv39, riscv-sv48, riscv-sv57";

    private const string Begins = "Say where the table begins: --table FORMAT --top-level N --root ADDRESS, --rtaddr ADDRESS "
        + "--device BDF, or --amd-device-table ADDRESS --device BDF; of a page list, --device BDF.";

    [TestCase("walk", "'walk' needs IMAGE. See 'graph-order walk --help'.")]
    [TestCase($"walk {Vtd}", Begins)]
    [TestCase($"walk {Vtd} --root 0x1000", "--root needs --table FORMAT and --top-level N too. See 'graph-order walk --help'.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table amd-v2", $"--table cannot be 'amd-v2'. Did you mean 'amd-v1'? Known: {Known}.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table amd-v1", "--table amd-v1 needs --top-level too: 0 to 5.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table x86-64 --top-level 2", "--top-level cannot be 2: the root of x86-64 has level 3 to 4.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table riscv-sv39 --top-level 3", "--top-level cannot be 3: the root of riscv-sv39 has level 2.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table amd-v1 --granule 8K", "--granule cannot be '8K'. Did you mean '4K'? Known: 4K, 16K, 64K.")]
    [TestCase($"walk {Vtd} --root 0x1000 --table amd-v1 --granule 16K", "--granule is for Arm tables; 'amd-v1' has 4K only. Leave it out.")]
    [TestCase($"walk {Vtd} --root x --table amd-v1", "--root cannot be 'x'. Write an address as 0x1f000, or decimal.")]
    [TestCase($"walk {Vtd} --root 0x1000 --rtaddr 0x1000", "--root and --rtaddr exclude each other. Keep one of them.")]
    [TestCase($"walk {Vtd} --rtaddr 0x1000", "--rtaddr needs --device BDF too.")]
    [TestCase($"walk {Vtd} --amd-device-table 0x1000", "--amd-device-table needs --device BDF too.")]
    [TestCase($"walk {Vtd} --amd-device-table 0x1001 --device 00:04.0", "--amd-device-table must be a multiple of 4096; it is 0x1001.")]
    [TestCase($"walk {Vtd} --base 0x1001 --device 00:04.0", "--base must be a multiple of 8; it is 0x1001.")]
    [TestCase($"walk {Vtd} --device 00:44.0", "--device cannot be '00:44.0'. Write segment, bus, device and function as 0000:00:04.0.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --table amd-v1", "--table goes with --root only. Leave it out.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --root 0x1000", "--device does not go with --root. Leave it out.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --amd-device-table 0x0 --pasid 1", "--pasid does not go with --amd-device-table. Leave it out.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --physical-bits 99", "--physical-bits must lie between 12 and 64; it is 99.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --page-sizes 4K,3K", "--page-sizes cannot have '3K': a page size is a power of two.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --nest-parent maybe", "--nest-parent cannot be 'maybe'. Known: yes, no.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --scratch 9-1", "--scratch cannot be '9-1'. Write first and last byte, as 0x1000-0x1fff.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --root-tables 3", "--root-tables must be a power of two; it is 3.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --fault-limit -1", "--fault-limit must lie between 0 and 2147483647; it is -1.")]
    [TestCase($"walk {Vtd} --device 00:04.0 --format xml", "--format cannot be 'xml'. Known: text, json.")]
    [TestCase("walk - --device 00:04.0", "An image is read by position, and standard input has none. Name a file.")]
    [TestCase($"walk {Vtd} --base 0x0 --device 00:04.0", "This image does not say where the table of a device begins. Give --rtaddr ADDRESS or "
        + "--amd-device-table ADDRESS too, or --table, --top-level and --root.")]
    public void A_wrong_command_line_gets_one_sentence(string line, string sentence) =>
        Tool.Run(line.Split(' ')).AssertIs(2, "", $"graph-order: {sentence}\n");

    [TestCase("no-such.img", "There is no file 'no-such.img'. Check the path.")]
    [TestCase("tests", "'tests' is a folder. Name a file in it.")]
    public void A_file_that_cannot_be_read_ends_with_3(string image, string sentence) =>
        Tool.Run("walk", image, "--device", "00:04.0").AssertIs(3, "", $"graph-order: {sentence}\n");

    [Test]
    public void A_file_that_is_no_image_ends_with_4()
    {
        using Scratch scratch = new();
        byte[] elf32 = [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. new byte[100]];
        File.WriteAllBytes(scratch.File("elf32"), elf32);
        File.WriteAllBytes(scratch.File("cut"), [.. "PAGEIMG1"u8, 1, 0, 0]);
        File.WriteAllBytes(scratch.File("odd"), [.. "PAGEIMG1"u8, 1, .. new byte[15], 8, .. new byte[5000]]);

        Malformed("elf32", "is an ELF file, but no 64-bit little-endian core dump. Take a core, or give --base to read "
            + "it as raw memory.");
        Malformed("cut", "ends inside its headers. Take the image again.");
        Malformed("odd", "has an address that cannot be: not aligned, or beyond 64 bits. Take the image again, or check "
            + "--base.");

        void Malformed(string name, string sentence) => Tool.Run(
            "walk", scratch.File(name), "--device", "00:04.0").AssertIs(
            4, "", $"graph-order: '{scratch.File(name)}' {sentence}\n");
    }

    [TestCase("--device 00:05.0", "An entry on the way to the table of 0000:00:05.0 is not present: its DMA is blocked. Check --device.")]
    [TestCase("--device 00:04.0 --rtaddr 0x7000", "The image lacks a page on the way to the table of 0000:00:04.0. Take an image that "
        + "holds the root, context and PASID tables, or give --table, --top-level and --root.")]
    [TestCase("--device 00:04.0 --rtaddr 0xa48c00", "The entries of 0000:00:04.0 have a mode that is reserved or not known here. Give "
        + "--table, --top-level and --root.")]
    public void A_device_without_a_table_ends_with_1(string way, string sentence) =>
        Tool.Run(["walk", Vtd, .. way.Split(' ')]).AssertIs(1, "", $"graph-order: {sentence}\n");

    [TestCase("")]
    [TestCase(" --set tests/samples/sound-map.json --domain vm-02/domain")]
    public void Ctrl_C_ends_a_walk_with_130(string more)
    {
        using Scratch scratch = new();
        string image = Images.Long(scratch, 1 << 23);
        string[] words = $"--table vtd-second-stage --top-level 3 --root 0x1000{more}".Split(' ');
        using Process process = Tool.Start(null, Tool.Path, ["walk", image, .. words]);
        Assert.That(process.WaitForExit(600), Is.False, "the walk takes longer");

        Assert.That(Interrupt.Kill(process.Id, Interrupt.Sigint), Is.Zero);

        Assert.That(process.WaitForExit(10_000), Is.True);
        Assert.That(process.ExitCode, Is.EqualTo(130));
        Assert.That(process.StandardOutput.ReadToEnd(), Is.Empty);
        Assert.That(process.StandardError.ReadToEnd(), Does.EndWith("graph-order: Cancelled.\n"));
    }

    [Test]
    public void A_long_walk_on_a_terminal_says_how_far_it_is()
    {
        const string Script = "/usr/bin/script";
        if (!File.Exists(Script))
        {
            Assert.Ignore("script is missing");
        }

        using Scratch scratch = new();
        string command = $"{Tool.Path} walk {Images.Long(scratch, 1 << 21)} --table vtd-second-stage --top-level 3 --root 0x1000";
        using Process process = Tool.Start(null, Script, "-qec", command, "/dev/null");
        string shown = process.StandardOutput.ReadToEnd();

        Assert.That(process.WaitForExit(60_000), Is.True);
        Assert.That(shown, Does.Match(@"\r\x1b\[Kwalking: \d+\.\d\d of \d+\.\d\d GB, \d+\.\d\d GB/s, \d+ s left"));
        Assert.That(shown, Does.Contain("\r\u001b[K\u001b[32mSOUND").Or.Contain("\r\u001b[KSOUND"));
    }

    private static class Interrupt
    {
        public const int Sigint = 2;

        [DllImport("libc", EntryPoint = "kill")]
        public static extern int Kill(int process, int signal);
    }
}
