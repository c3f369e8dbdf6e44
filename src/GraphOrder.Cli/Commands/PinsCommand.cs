using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>pins</c>: what keeps something from being finished, and what it keeps waiting.</summary>
internal static class PinsCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Argument<string> id = SetArguments.End("ID", "What is to be finished: an id, or 'session:NAME'.");
        Option<string?> model = SetArguments.Model();
        Option<string> format = SetArguments.Format();
        Command command = new(
            "pins", "Says what must finish before ID, nearest first, and what ID keeps waiting.")
        {
            set, id, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            KernelPair? given = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            string path = parsed.GetValue(set)!;
            SessionSet read = SetArguments.Read(path, console.Cancellation);
            KernelPair kernels = given ?? KernelPair.Of(read.Host);
            DependencyEnd end = SetArguments.Find(read, path, parsed.GetValue(id)!);
            DependencyGraph graph = DependencyGraph.Of(read);
            PinExplanation pins = SetArguments.Timed(
                "looking for pins", () => PinExplainer.Explain(graph, kernels, end, console.Cancellation));
            TextReportOptions report = new() { SetName = path, Width = CommandConsole.Columns() };
            SetArguments.Answer(
                isJson,
                stream => PinsWriter.Write(stream, read, pins),
                writer => TextReport.WritePins(writer, graph, pins, report));
            return ExitCodes.Done;
        });
        return command;
    }
}
