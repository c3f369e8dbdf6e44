using System.CommandLine;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary><c>generate table</c>: an image of page tables, for measurements and tests.</summary>
internal static class GenerateTableCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="shape">The shape of a session set, which does not go with it; null for none.</param>
    public static Command Create(CommandConsole console, Argument<string>? shape)
    {
        TableShapeOptions table = new("generate table");
        Option<string?> output = new("--output")
        {
            Description = "The file; it is replaced as a whole or not at all.",
            HelpName = "FILE",
        };
        Option<string?> folios = new("--folios")
        {
            Description = "A second file: the kernel's 16-byte folio records of the memory, as if it were "
                + "one memfd.",
            HelpName = "FILE",
        };
        Command command = new(
            "table",
            "Writes a raw image of page tables, as large as wanted in little memory, and prints the command "
            + "that walks it.");
        table.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(folios);
        command.SetAction(parsed =>
        {
            if (shape is not null && parsed.GetResult(shape) is { Tokens.Count: > 0 } given)
            {
                throw ToolException.Usage(
                    $"'generate table' has no use for '{Printable.Of(given.Tokens[0].Value)}'. Leave it "
                    + "out.");
            }

            (PageTableFormat format, TableImageOptions options) = table.Read(parsed);
            new TableImageRequest(
                format, options, table.Demand(parsed, output), parsed.GetValue(folios), console.Cancellation)
                .Write();
            return ExitCodes.Done;
        });
        return command;
    }
}
