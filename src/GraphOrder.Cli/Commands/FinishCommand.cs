using System.CommandLine;
using System.Text;

namespace GraphOrder.Cli;

/// <summary><c>finish</c>: the finish order alone, for scripts.</summary>
internal static class FinishCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Option<string?> model = SetArguments.Model();
        Option<string[]> waive = SetArguments.Waive();
        Option<bool> files = new("--files") { Description = "Print the files, whatever moves as one." };
        Option<bool> nul = new("-0", "--null")
        {
            Description = "End each name with NUL instead of a line feed; needed where a name holds a "
                + "line feed.",
        };
        Option<string> format = SetArguments.Format();
        Command command = new(
            "finish",
            "Prints the finish order, one name a line: sessions where the next kernel's model finishes "
            + "sessions, ids where it finishes files or objects one by one. Where it finishes everything at "
            + "once, prints every session in the order of the set, which then says nothing. Where there is "
            + "no legal order, prints nothing, says why on standard error and ends with 1.")
        {
            set, model, waive, files, nul, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            if (isJson && parsed.GetValue(nul))
            {
                throw ToolException.Usage(
                    "-0 ends names, and JSON has none to end. Leave one of the two out.");
            }

            KernelPair? asked = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            PlanOptions options = SetArguments.Options(parsed.GetValue(waive)!);
            SessionSet read = SetArguments.Read(parsed.GetValue(set)!, console.Cancellation);
            KernelPair kernels = asked ?? KernelPair.Of(read.Host);
            SetArguments.DemandEnds(read, options);
            PlanResult result = SetArguments.Timed(
                "planning", () => Planner.Plan(read, kernels, options, console.Cancellation));
            IReadOnlyList<string> names = result.TryGetPlan(out Plan? plan)
                ? FinishRequest.Names(read, plan, kernels, parsed.GetValue(files))
                : [];
            if (isJson)
            {
                OutputFile.Write(null, stream => FinishWriter.Write(stream, result, names));
                return plan is null ? ExitCodes.Refused : ExitCodes.Done;
            }

            if (plan is null)
            {
                Diagnostic first = result.Diagnostics[0];
                throw new ToolException(
                    ExitCodes.Refused,
                    $"There is no legal order. {Printable.Of(DiagnosticSentences.Sentence(first))} "
                    + $"({first.Code.Text()})");
            }

            Print(names, parsed.GetValue(nul));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<string> names, bool withNul)
    {
        char end = withNul ? '\0' : '\n';
        if (names.FirstOrDefault(name => name.Contains(end)) is { } offending)
        {
            throw ToolException.Usage(withNul
                ? $"The name '{Printable.Of(offending)}' holds a NUL, so that -0 cannot tell names apart."
                : $"The name '{Printable.Of(offending)}' holds a line feed. Use -0.");
        }

        OutputFile.Write(null, stream =>
        {
            foreach (string name in names)
            {
                stream.Write(Encoding.UTF8.GetBytes(name + end));
            }
        });
    }
}
