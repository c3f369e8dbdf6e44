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
        Argument<string?> plan = new("PLAN")
        {
            Description = "A plan (graphorder/plan/1), made by anybody, or '-' for standard input. Where it "
                + "is left out, SET is the plan, and is checked against its own certificate alone.",
            HelpName = "PLAN",
            Arity = ArgumentArity.ZeroOrOne,
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
            "Checks a plan against a set, or a plan with a certificate by itself, by code that shares "
            + "nothing with the planner, with QuikGraph as a second opinion.")
        {
            set, plan, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string first = parsed.GetValue(set)!;
            string? modelName = parsed.GetValue(model);
            KernelPair? kernels = SetArguments.Kernels(modelName, console.Cancellation);
            TextReportOptions report = new()
            {
                SetName = first,
                PlanName = parsed.GetValue(plan) ?? first,
                Repeated = SetArguments.Repeated(modelName, []),
                Colour = CommandConsole.WantsColour,
                Width = CommandConsole.Columns(),
            };
            return parsed.GetValue(plan) is null
                ? Alone(report, isJson, console.Cancellation)
                : WithSet(report, kernels, isJson, console.Cancellation);
        });
        return command;
    }

    private static int WithSet(
        TextReportOptions report, KernelPair? kernels, bool isJson, CancellationToken cancellation)
    {
        if (report.SetName == InputFile.StandardInput && report.PlanName == InputFile.StandardInput)
        {
            throw ToolException.Usage("Only one of SET and PLAN can be standard input.");
        }

        SessionSet read = SetArguments.Read(report.SetName, cancellation);
        PlanResult found = ReadPlan(report.PlanName!, cancellation);
        VerifyResult verdict = SetArguments.Timed(
            "verifying",
            () => VerifyRequest.Answer(read, found, kernels, SecondOpinion.Check, cancellation));
        found.TryGetPlan(out Plan? plan);
        SetArguments.Answer(
            isJson,
            stream => VerifyWriter.Write(stream, read, verdict),
            writer => WriteText(
                writer,
                plan,
                verdict,
                report,
                () => TextReport.WriteVerify(writer, read, plan!, verdict, report)));
        return verdict.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static int Alone(TextReportOptions report, bool isJson, CancellationToken cancellation)
    {
        PlanResult found = ReadPlan(report.PlanName!, cancellation);
        VerifyResult verdict = SetArguments.Timed(
            "verifying", () => VerifyRequest.AnswerAlone(found, SecondOpinion.Check, cancellation));
        found.TryGetPlan(out Plan? plan);
        SetArguments.Answer(
            isJson,
            stream => VerifyWriter.Write(stream, found.Input, verdict),
            writer => WriteText(
                writer,
                plan,
                verdict,
                report,
                () => TextReport.WriteVerifyCertificate(writer, plan!, verdict, report)));
        return verdict.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void WriteText(
        StreamWriter writer, Plan? plan, VerifyResult verdict, TextReportOptions report, Action write)
    {
        if (plan is null)
        {
            TextReport.WriteNoPlan(writer, verdict, report);
            return;
        }

        write();
    }

    private static PlanResult ReadPlan(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        using IDisposable part = InputFile.Reading(path, stream);
        return PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
    }
}
