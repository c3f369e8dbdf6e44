using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>compare</c>: all lifecycle models and the push gate side by side.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Option<string> format = SetArguments.Format();
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "compare",
            "Puts all lifecycle models and the push gate side by side: which have an order, how long memory "
            + "is held and exposed, who waits for whom, what must be remembered. Exit code 1 where none has "
            + "an order.")
        {
            set, format, output,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string path = parsed.GetValue(set)!;
            string? file = parsed.GetValue(output);
            SessionSet read = SetArguments.Read(path, console.Cancellation);
            Comparison comparison = SetArguments.Timed(
                "comparing models", () => CompareRequest.Answer(read, console.Cancellation));
            OutputFile.Write(file, stream => Answer(stream, isJson, comparison, new TextReportOptions
            {
                SetName = path,
                Colour = file is null && CommandConsole.WantsColour,
                Width = CommandConsole.Columns(file),
            }));
            return comparison.LegalCount > 0 ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static void Answer(
        Stream stream, bool isJson, Comparison comparison, TextReportOptions report)
    {
        if (isJson)
        {
            ComparisonWriter.Write(stream, comparison);
            return;
        }

        using StreamWriter writer = SetArguments.Text(stream);
        TextReport.WriteComparison(writer, comparison, report);
    }
}
