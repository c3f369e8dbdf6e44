using System.CommandLine;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>The sources of <c>import</c> that are files to be read from their beginning.</summary>
internal static class ImportFilesCommand
{
    /// <summary>A source of one file.</summary>
    public static Command Create(
        CommandConsole console,
        string name,
        string description,
        string fileDescription,
        Func<ImportSource, CancellationToken, ImportResult> import)
    {
        Argument<string> file = new("FILE") { Description = fileDescription, HelpName = "FILE" };
        Option<string?> output = SetArguments.Output();
        Command command = new(name, description) { file, output };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            OutputFile.DemandOther(parsed.GetValue(output), path);
            using Stream stream = InputFile.Open(path);
            ImportSource source = new(InputFile.NameOf(path), stream);
            using IDisposable part = InputFile.Reading(path, stream);
            return ImportCommand.Answer(
                parsed.GetValue(output), path, import(source, console.Cancellation));
        });
        return command;
    }

    /// <summary>What debugfs prints of VT-d, in several files.</summary>
    public static Command CreateVtd(CommandConsole console)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "domain_translation_struct (or files of its folder), dmar_translation_struct, "
                + "iommu_regset; several make one set. '-' is standard input.",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "vtd-debugfs",
            "The page tables that the Intel IOMMU driver prints in /sys/kernel/debug/iommu/intel: each "
            + "with its root, format, levels, devices, and the runs that it maps.")
        {
            files, output,
        };
        command.SetAction(parsed =>
        {
            string[] paths = parsed.GetValue(files)!;
            List<ImportSource> sources = [];
            try
            {
                foreach (string path in paths)
                {
                    OutputFile.DemandOther(parsed.GetValue(output), path);
                    sources.Add(new(InputFile.NameOf(path), InputFile.Open(path)));
                }

                return ImportCommand.Answer(
                    parsed.GetValue(output),
                    paths.Length == 1 ? paths[0] : "vtd-debugfs",
                    VtdDebugfsImport.Read(sources, console.Cancellation));
            }
            finally
            {
                foreach (ImportSource source in sources)
                {
                    source.Bytes.Dispose();
                }
            }
        });
        return command;
    }
}
