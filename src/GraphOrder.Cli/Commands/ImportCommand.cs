using System.CommandLine;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary><c>import</c>: a session set from a real thing.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandConsole console)
    {
        Command command = new(
            "import",
            "Makes a session set from a real thing, read-only. The set goes to standard output; what could not "
            + "be seen, and what is wrong, to standard error.")
        {
            ImportMemoryCommand.Create(console),
        };
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
        CommandConsole.WriteError(Malformed.Describe(name, result.Diagnostics));
        return ExitCodes.Done;
    }
}
