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
        Option<string> format = SetArguments.Format();
        Command command = new(
            "verify",
            "Checks a plan against a set, or a plan with a certificate by itself, by code that shares "
            + "nothing with the planner, with QuikGraph as a second opinion.")
        {
            set, plan, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string first = parsed.GetValue(set)!;
            return parsed.GetValue(plan) is { } second
                ? WithSet(first, second, isJson, console.Cancellation)
                : Alone(first, isJson, console.Cancellation);
        });
        return command;
    }

    private static int WithSet(
        string setPath, string planPath, bool isJson, CancellationToken cancellation)
    {
        if (setPath == InputFile.StandardInput && planPath == InputFile.StandardInput)
        {
            throw ToolException.Usage("Only one of SET and PLAN can be standard input.");
        }

        SessionSet read = SetArguments.Read(setPath, cancellation);
        PlanResult found = ReadPlan(planPath, cancellation);
        VerifyResult verdict = !found.TryGetPlan(out Plan? plan)
            ? Refusal()
            : WithSecondOpinion(PlanVerifier.Verify(read, plan, cancellation), read, plan);
        TextReportOptions report = new()
        {
            SetName = setPath,
            PlanName = planPath,
            Colour = CommandConsole.WantsColour,
        };
        SetArguments.Answer(
            isJson,
            stream => VerifyWriter.Write(stream, read, verdict),
            writer => WriteText(
                writer, plan, planPath, () => TextReport.WriteVerify(writer, read, plan!, verdict, report)));
        return verdict.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static int Alone(string planPath, bool isJson, CancellationToken cancellation)
    {
        PlanResult found = ReadPlan(planPath, cancellation);
        VerifyResult verdict = !found.TryGetPlan(out Plan? plan) ? Refusal()
            : PlanVerifier.VerifyCertificate(plan, cancellation) is var own && plan.Certificate is { } held
            ? WithSecondOpinion(own, held.Set, plan)
            : own;
        TextReportOptions report = new()
        {
            SetName = planPath,
            PlanName = planPath,
            Colour = CommandConsole.WantsColour,
        };
        SetArguments.Answer(
            isJson,
            stream => VerifyWriter.Write(stream, found.Input, verdict),
            writer => WriteText(
                writer,
                plan,
                planPath,
                () => TextReport.WriteVerifyCertificate(writer, plan!, verdict, report)));
        return verdict.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void WriteText(StreamWriter writer, Plan? plan, string planPath, Action report)
    {
        if (plan is null)
        {
            writer.Write($"REFUSED: {planPath} is itself a refusal and holds no plan (GO5015).\n");
            return;
        }

        report();
    }

    private static PlanResult ReadPlan(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        return PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
    }

    private static VerifyResult Refusal() =>
        new([new Diagnostic(DiagnosticCode.NoPlan, DiagnosticSeverity.Error)]);

    private static VerifyResult WithSecondOpinion(VerifyResult verdict, SessionSet set, Plan plan) =>
        verdict.IsLegal
            ? new VerifyResult([.. verdict.Diagnostics, .. SecondOpinion.Check(set, plan)])
            : verdict;
}
