using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>plan</c>: the legal orders, or why there are none.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandConsole console)
    {
        PlanArguments asked = new();
        Command command = new(
            "plan", "Computes the preserve, retrieve and finish orders, or proves that there are none.");
        asked.AddTo(command);
        command.SetAction(parsed => Run(console, asked, parsed));
        return command;
    }

    private static int Run(CommandConsole console, PlanArguments asked, ParseResult parsed)
    {
        string form = asked.Form(parsed);
        KernelPair? kernels = SetArguments.Kernels(asked.Model(parsed), console.Cancellation);
        PlanOptions options = asked.Options(parsed, form);
        int? repair = asked.Repair(parsed);
        ScheduleOptions schedule = asked.Schedule(parsed);
        string path = asked.Path(parsed);
        string? output = asked.Output(parsed);
        SessionSet read = SetArguments.Read(path, console.Cancellation, asked.Accepts(parsed));
        kernels ??= KernelPair.Of(read.Host);
        PlanAnswer answer = SetArguments.Plan(read, kernels, options, schedule, console.Cancellation);
        if (repair is { } number)
        {
            return ApplyRepair.Write(path, answer, number, output);
        }

        if (form == PlanFormat.Binary)
        {
            return PlanFormat.WriteBinary(path, answer.Result, output);
        }

        TextReportOptions report = new() { SetName = path, Repeated = asked.Repeated(parsed) };
        if (!PlanFormat.IsPicture(form))
        {
            SetArguments.Answer(output, form == PlanFormat.Json, read, kernels, answer, report);
            return answer.Result.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
        }

        PlanPicture picture = new()
        {
            Set = read,
            Kernels = kernels,
            Result = answer.Result,
            Repairs = answer.Repairs,
            Schedule = answer.Schedule,
            Report = report,
            IsReduced = asked.Reduces(parsed),
        };
        PlanFormat.WritePicture(form, picture, output);
        return answer.Result.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
    }
}
