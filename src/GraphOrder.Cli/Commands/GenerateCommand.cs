using System.CommandLine;

namespace GraphOrder.Cli;

/// <summary><c>generate</c>: a session set of a named shape and size, or a page table.</summary>
internal static class GenerateCommand
{
    private const string Description =
        "Writes a session set of a named shape and size, or, with 'table', an image of page tables.";

    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="isTable">
    /// Whether the word that follows is <c>table</c>: then there is no shape, and the help names none.
    /// </param>
    public static Command Create(CommandConsole console, bool isTable)
    {
        if (isTable)
        {
            return new("generate", Description) { GenerateTableCommand.Create(console, null) };
        }

        Argument<string> shape =
            new("SHAPE") { Description = SetShapeOptions.Shapes(), HelpName = "SHAPE" };
        SetShapeOptions options = new();
        Option<string?> output = SetArguments.Output();
        Command command = new("generate", Description) { shape };
        options.AddTo(command);
        command.Options.Add(output);
        command.Subcommands.Add(GenerateTableCommand.Create(console, shape));
        command.SetAction(parsed =>
        {
            SessionSet set = SetArguments.Timed(
                "generating", () => options.Make(parsed, "SHAPE", parsed.GetValue(shape)!));
            OutputFile.Write(parsed.GetValue(output), stream => SessionSetWriter.Write(stream, set));
            return ExitCodes.Done;
        });
        return command;
    }
}
