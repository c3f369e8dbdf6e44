using System.CommandLine;
using GraphOrder.PageTables;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>bench</c>: throughput on this machine, beside a baseline.</summary>
internal static class BenchCommand
{
    private const int RoundsMax = 1000;
    private const int WalkRounds = 10;
    // Enough for an interval that a few disturbed rounds do not move.
    private const int GraphRounds = 31;

    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="isNamed">
    /// Whether the command line has the word: where it has not, its many options would only cost time.
    /// </param>
    public static Command Create(CommandConsole console, bool isNamed)
    {
        Command command = new(
            "bench", "Measures throughput on this machine, beside a baseline on the same input.");
        foreach (Command made in isNamed ? Made(console) : [])
        {
            command.Subcommands.Add(made);
        }

        return command;
    }

    private static Command[] Made(CommandConsole console) =>
    [
        Graph(
            console,
            "plan",
            "Plans a set in memory: beside QuikGraph, which sorts the same objects once.",
            static (input, cancellation) => new PlanBenchmark(input, cancellation).Run()),
        Walk(console),
        Graph(
            console,
            "incremental",
            "Lets guests leave a host and come back, and keeps all orders: beside QuikGraph, which sorts "
            + "again after each change. Guests are sessions; where the shape has but one, files.",
            static (input, cancellation) => new IncrementalBenchmark(input, cancellation).Run()),
    ];

    private static Command Walk(CommandConsole console)
    {
        TableShapeOptions table = new("bench walk", "vtd-second-stage", "64G");
        Command command = new(
            "walk",
            "Makes page tables in memory and walks them: beside a sequential read of the same bytes, which "
            + "nothing can beat by much, and beside the walk that everybody would write first. 1 TiB in "
            + "4 KiB leaves takes 2 GiB of memory.");
        table.AddTo(command);
        AddAnswer(command, WalkRounds, (parsed, rounds) =>
        {
            (PageTableFormat format, TableImageOptions options) = table.Read(parsed);
            WalkBenchmarkResult result = Measure(
                () => new WalkBenchmark(format, options, rounds, console.Cancellation).Run());
            return (
                stream => WalkBenchmarkWriter.WriteJson(stream, result),
                writer => WalkBenchmarkWriter.WriteText(writer, result));
        });
        return command;
    }

    private static Command Graph(
        CommandConsole console,
        string name,
        string description,
        Func<GraphBenchmarkInput, CancellationToken, GraphBenchmarkResult> run)
    {
        Option<string> shape = new("--shape")
        {
            Description = SetShapeOptions.Shapes(),
            HelpName = "SHAPE",
            DefaultValueFactory = _ => SessionSetGenerator.Shapes[0].Name,
        };
        SetShapeOptions size = new();
        Option<string?> model = SetArguments.Model();
        Command command = new(name, description) { shape };
        size.AddTo(command);
        command.Options.Add(model);
        AddAnswer(command, GraphRounds, (parsed, rounds) =>
        {
            string asked = parsed.GetValue(shape)!;
            KernelPair? kernels = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            SessionSet set = size.Make(parsed, "--shape", asked);
            GraphBenchmarkInput input = new(
                asked, DependencyGraph.Of(set), kernels ?? KernelPair.Of(set.Host), rounds);
            GraphBenchmarkResult result = Measure(() =>
            {
                DemandLegal(input, console.Cancellation);
                return run(input, console.Cancellation);
            });
            return (
                stream => GraphBenchmarkWriter.WriteJson(stream, result),
                writer => GraphBenchmarkWriter.WriteText(writer, result));
        });
        return command;
    }

    // The options that every benchmark has, and its answer in the format asked.
    private static void AddAnswer(
        Command command,
        int roundsDefault,
        Func<ParseResult, int, (Action<Stream> Json, Action<ReportLines> Text)> measure)
    {
        Option<int> rounds = new("--rounds")
        {
            Description = "How often each is timed; one round more comes first and does not count.",
            HelpName = "N",
            DefaultValueFactory = _ => roundsDefault,
        };
        Option<string> format = SetArguments.Format();
        Option<string?> output = SetArguments.Output();
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

            (Action<Stream> json, Action<ReportLines> text) = measure(parsed, count);
            OutputFile.Write(parsed.GetValue(output), stream =>
            {
                if (isJson)
                {
                    json(stream);
                    return;
                }

                using StreamWriter writer = SetArguments.Text(stream);
                text(new ReportLines(writer, CommandConsole.Columns(parsed.GetValue(output))));
            });
            return ExitCodes.Done;
        });
    }

    private static T Measure<T>(Func<T> run)
    {
        return SetArguments.Timed("measuring", run);
    }

    private static void DemandLegal(GraphBenchmarkInput input, CancellationToken cancellation)
    {
        if (!Planner.Plan(input.Graph, input.Kernels, null, cancellation).IsLegal)
        {
            throw ToolException.Usage(
                $"The shape '{input.Shape}' has no legal plan under {input.Kernels.ModelName} as it is asked "
                + "for, so there is nothing to measure. 'graph-order generate' and 'plan' say why.");
        }
    }
}
