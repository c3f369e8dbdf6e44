using System.CommandLine;
using GraphOrder.LiveUpdate;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary><c>import luo-memory</c>: the sessions of a hand-over in an image of memory.</summary>
internal static class ImportMemoryCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> image = new("IMAGE")
        {
            Description = "An image of physical memory: a page list KHOPAGES, an ELF core, or a raw file.",
            HelpName = "IMAGE",
        };
        Option<string?> tree = Address(
            "--fdt", "Physical address of the device tree of the hand-over; a page list names it itself.");
        Option<string?> setup = Address(
            "--setup-data", "Physical address of the kernel's list of setup data (x86), which names the "
            + "tree.");
        Option<string?> first = Address("--base",
            "Physical address of the first byte; the file is then raw.");
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "luo-memory",
            "The sessions that a kernel hands over (Linux 7.3), with where the memory of each file lies. "
            + "Every count and address is checked.")
        {
            image, tree, setup, first, output,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(image)!;
            HandOverRoot root = new(
                Read(tree, parsed.GetValue(tree)), Read(setup, parsed.GetValue(setup)));
            if (root is { DeviceTree: not null, SetupData: not null })
            {
                throw ToolException.Usage("--fdt and --setup-data exclude each other. Give one of them.");
            }

            ulong? firstByte = Read(first, parsed.GetValue(first));
            if (firstByte % sizeof(ulong) is not (null or 0))
            {
                throw ToolException.Usage(
                    "--base must be a multiple of 8. Give the address of the first byte.");
            }

            OutputFile.DemandOther(parsed.GetValue(output), path);
            using PhysicalImage opened = WalkImage.Open(path, firstByte);
            ImportResult result = SetArguments.Timed(
                $"reading {Printable.Of(path)}",
                () => HandOverImport.Read(opened, root, console.Cancellation));
            return ImportCommand.Answer(parsed.GetValue(output), path, result);
        });
        return command;
    }

    private static Option<string?> Address(string name, string description) =>
        new(name) { Description = description, HelpName = "ADDRESS" };

    private static ulong? Read(Option<string?> option, string? text) =>
        text is null ? null : NumberText.Address(option.Name, text);
}
