using System.CommandLine;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary><c>import</c>: a session set from a real thing.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="isNamed">Whether the command line names it; else nobody asks for its sources.</param>
    public static Command Create(CommandConsole console, bool isNamed)
    {
        Command command = new(
            "import",
            "Makes a session set from a real thing, read-only. The set goes to standard output; what "
            + "could not be seen, and what is wrong, to standard error.");
        foreach (Command source in isNamed ? Sources(console) : [])
        {
            command.Subcommands.Add(source);
        }

        return command;
    }

    /// <summary>Writes the set, and tells what is worth knowing of it.</summary>
    /// <param name="output">The file that the user names.</param>
    /// <param name="source">What errors are of.</param>
    /// <param name="result">What the importer gave.</param>
    /// <returns>The exit code.</returns>
    public static int Answer(string? output, string source, ImportResult result)
    {
        string name = InputFile.NameOf(result.SourceName ?? source);
        if (!result.TryGetSet(out _))
        {
            CommandConsole.WriteError(Malformed.Describe(name, result.Diagnostics));
            return ExitCodes.Malformed;
        }

        OutputFile.Write(output, stream => stream.Write(result.Document.Span));
        CommandConsole.WriteNotes(Malformed.Describe(name, result.Diagnostics));
        return ExitCodes.Done;
    }

    private static Command[] Sources(CommandConsole console) =>
    [
        ImportHostCommand.Create(console),
        ImportMemoryCommand.Create(console),
        ImportFilesCommand.CreateVtd(console),
        ImportFilesCommand.Create(
            console,
            "systemd",
            "The stored descriptors of systemd's units, and the sessions of their own.",
            "systemd's mapping document, with tokens or with descriptors, or '-' for standard input.",
            SystemdImport.Read),
        ImportFilesCommand.Create(
            console,
            "qemu",
            "The memory and devices that a command line of QEMU names.",
            "The command line, as /proc/PID/cmdline has it or as a shell reads it; '-' for standard input.",
            QemuImport.Read),
        ImportFilesCommand.Create(
            console,
            "cloud-hypervisor",
            "The memory and devices that a configuration of Cloud Hypervisor names.",
            "Its VmConfig in JSON, or the answer of vm.info; '-' for standard input.",
            CloudHypervisorImport.Read),
        ImportFilesCommand.Create(
            console,
            "graphml",
            "A directed graph: what 'plan --format graphml' wrote, or networkx, yEd, Gephi, QuikGraph. An "
            + "edge leads from what needs to what is needed.",
            "GraphML, or '-' for standard input.",
            GraphMlImport.Read),
        ImportFilesCommand.Create(
            console,
            "dot",
            "A directed graph of Graphviz: what 'plan --format dot' wrote, or one by hand. An edge leads "
            + "from what needs to what is needed; a cluster is a session.",
            "A graph in DOT, or '-' for standard input.",
            DotImport.Read),
    ];
}
