using System.CommandLine;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary><c>bench</c>: throughput on this machine, beside a baseline.</summary>
internal static class BenchCommand
{
    private const int RoundsMax = 1000;

    public static Command Create(CommandConsole console) => new(
        "bench", "Measures throughput on this machine, beside a baseline on the same input.")
    {
        Walk(console),
    };

    private static Command Walk(CommandConsole console)
    {
        TableShapeOptions table = new("bench walk", "vtd-second-stage", "64G");
        Option<int> rounds = new("--rounds")
        {
            Description = "How often each is timed; one round more comes first and does not count.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        Option<string> format = SetArguments.Format();
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "walk",
            "Makes page tables in memory and walks them: beside a sequential read of the same bytes, which "
            + "nothing can beat by much, and beside the walk that everybody would write first. 1 TiB in "
            + "4 KiB leaves takes 2 GiB of memory.");
        table.AddTo(command);
        command.Options.Add(rounds);
        command.Options.Add(format);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            int count = parsed.GetValue(rounds);
            if (count is < 1 or > RoundsMax)
            {
                throw ToolException.Usage($"--rounds cannot be {count}. Give 1 to {RoundsMax}.");
            }

            (PageTableFormat found, TableImageOptions options) = table.Read(parsed);
            WalkBenchmarkResult result = Run(console, found, options, count);
            OutputFile.Write(parsed.GetValue(output), stream => Answer(stream, isJson, result));
            return ExitCodes.Done;
        });
        return command;
    }

    private static WalkBenchmarkResult Run(
        CommandConsole console, PageTableFormat format, TableImageOptions options, int rounds)
    {
        using ProgressLine line = new(static () => "measuring");
        return new WalkBenchmark(format, options, rounds, console.Cancellation).Run();
    }

    private static void Answer(Stream stream, bool isJson, WalkBenchmarkResult result)
    {
        if (isJson)
        {
            WalkBenchmarkWriter.WriteJson(stream, result);
            return;
        }

        using StreamWriter writer = SetArguments.Text(stream);
        WalkBenchmarkWriter.WriteText(writer, result);
    }
}
