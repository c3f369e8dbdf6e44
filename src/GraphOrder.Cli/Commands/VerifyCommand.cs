using System.CommandLine;
using GraphOrder.Interop;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>verify</c>: checks a plan that anybody made, twice.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Argument<string> plan = new("PLAN")
        {
            Description = "A plan (graphorder/plan/1), made by anybody, or '-' for standard input.",
            HelpName = "PLAN",
        };
        Option<string?> model = new("--model")
        {
            Description = "The models that the plan must follow, where it follows models of your own; "
                + "else those that it names. " + ModelArgument.Description,
            HelpName = ModelArgument.HelpName,
        };
        Option<string> format = SetArguments.Format();
        Command command = new(
            "verify",
            "Checks a plan against a set, by code that shares nothing with the planner, with QuikGraph "
            + "as a second opinion.")
        {
            set, plan, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string setPath = parsed.GetValue(set)!;
            string planPath = parsed.GetValue(plan)!;
            if (setPath == InputFile.StandardInput && planPath == InputFile.StandardInput)
            {
                throw ToolException.Usage("Only one of SET and PLAN can be standard input.");
            }

            string? modelName = parsed.GetValue(model);
            KernelPair? kernels = SetArguments.Kernels(modelName, console.Cancellation);
            SessionSet read = SetArguments.Read(setPath, console.Cancellation);
            PlanResult found = ReadPlan(planPath, console.Cancellation);
            VerifyResult verdict = Check(read, found, kernels, console.Cancellation);
            TextReportOptions report = new()
            {
                SetName = setPath,
                PlanName = planPath,
                Repeated = SetArguments.Repeated(modelName, []),
                Colour = CommandConsole.WantsColour,
            };
            OutputFile.Write(null, stream => Answer(stream, isJson, read, found, verdict, report));
            return verdict.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static PlanResult ReadPlan(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        return PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
    }

    private static VerifyResult Check(
        SessionSet set, PlanResult found, KernelPair? kernels, CancellationToken cancellation)
    {
        if (!found.TryGetPlan(out Plan? plan))
        {
            return new VerifyResult([new Diagnostic(DiagnosticCode.NoPlan, DiagnosticSeverity.Error)]);
        }

        VerifyResult verdict = kernels is null
            ? PlanVerifier.Verify(set, plan, cancellation)
            : PlanVerifier.Verify(set, plan, kernels, cancellation);
        return verdict.IsLegal
            ? new VerifyResult([.. verdict.Diagnostics, .. SecondOpinion.Check(set, plan)])
            : verdict;
    }

    private static void Answer(
        Stream stream,
        bool isJson,
        SessionSet set,
        PlanResult found,
        VerifyResult verdict,
        TextReportOptions report)
    {
        if (isJson)
        {
            VerifyWriter.Write(stream, set, verdict);
            return;
        }

        using StreamWriter writer = SetArguments.Text(stream);
        if (!found.TryGetPlan(out Plan? plan))
        {
            TextReport.WriteNoPlan(writer, verdict, report);
            return;
        }

        TextReport.WriteVerify(writer, set, plan, verdict, report);
    }
}
