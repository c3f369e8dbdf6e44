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
        Option<bool> files = new("--files") { Description = "Print the files instead of the sessions." };
        Option<bool> nul = new("-0", "--null")
        {
            Description = "End each name with NUL instead of a line feed; needed where a name holds a "
                + "line feed.",
        };
        Command command = new(
            "finish",
            "Prints the finish order, one session a line. Where there is none, prints nothing, says why "
            + "on standard "
            + "error and ends with 1.")
        {
            set, model, waive, files, nul,
        };
        command.SetAction(parsed =>
        {
            KernelPair? asked = SetArguments.Kernels(parsed.GetValue(model));
            PlanOptions options = SetArguments.Options(parsed.GetValue(waive)!);
            SessionSet read = SetArguments.Read(parsed.GetValue(set)!, console.Cancellation);
            KernelPair kernels = asked ?? KernelPair.Of(read.Host);
            PlanResult result = Planner.Plan(read, kernels, options, console.Cancellation);
            if (!result.TryGetPlan(out Plan? plan))
            {
                Diagnostic first = result.Diagnostics[0];
                throw new ToolException(
                    ExitCodes.Refused,
                    $"There is no legal order. {Printable.Of(DiagnosticSentences.Sentence(first))} "
                    + $"({first.Code.Text()})");
            }

            List<string> names = parsed.GetValue(files)
                ? [.. plan[Phase.Finish].Select(step => step.ObjectName!)]
                : [.. plan.Sessions.Finish.Select(session => session.Text)];
            Print(names, parsed.GetValue(nul));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(List<string> names, bool withNul)
    {
        char end = withNul ? '\0' : '\n';
        if (names.Find(name => name.Contains(end)) is { } offending)
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
