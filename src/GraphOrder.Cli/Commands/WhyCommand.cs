using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>why</c>: why one thing goes before another in a phase.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Argument<string> first = SetArguments.End("A", "What goes first: an id, or 'session:NAME'.");
        Argument<string> then = SetArguments.End("B", "What goes after it.");
        Option<string> phase = new("--phase")
        {
            Description = $"The phase: {PhaseSet.All}.",
            HelpName = "PHASE",
            DefaultValueFactory = _ => Phase.Preserve.Name(),
        };
        Option<string?> model = SetArguments.Model();
        Option<string> format = SetArguments.Format();
        Command command = new(
            "why",
            "Says why A comes before B in a phase: a shortest chain of dependencies and the least change "
            + "that would let B go first, or that nothing orders them.")
        {
            set, first, then, phase, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            KernelPair? given = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            Phase asked = RequestNames.PhaseOf("--phase", parsed.GetValue(phase)!);
            string path = parsed.GetValue(set)!;
            SessionSet read = SetArguments.Read(path, console.Cancellation);
            KernelPair kernels = given ?? KernelPair.Of(read.Host);
            DependencyEnd a = SetArguments.Find(read, path, parsed.GetValue(first)!, asked);
            DependencyEnd b = SetArguments.Find(read, path, parsed.GetValue(then)!, asked);
            if (a == b)
            {
                throw ToolException.Usage("A and B are the same. Name two things of the set.");
            }

            DependencyGraph graph = DependencyGraph.Of(read);
            OrderExplanation why = SetArguments.Timed(
                "asking why",
                () => OrderExplainer.Explain(graph, kernels, a, b, asked, console.Cancellation));
            TextReportOptions report = new() { SetName = path, Width = CommandConsole.Columns() };
            SetArguments.Answer(
                isJson,
                stream => WhyWriter.Write(stream, read, why),
                writer => TextReport.WriteWhy(writer, graph, why, report));
            return ExitCodes.Done;
        });
        return command;
    }
}
