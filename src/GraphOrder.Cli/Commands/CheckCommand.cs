using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>check</c>: the plan, and whether both kernels would accept every step of it.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Option<string?> model = SetArguments.Model();
        Option<string[]> waive = SetArguments.Waive();
        Option<string> format = SetArguments.Format();
        Command command = new(
            "check",
            "Plans, and then says everything that the two kernels would refuse. Exit code 1 unless all "
            + "is accepted.")
        {
            set, model, waive, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            KernelPair? asked = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            PlanOptions options = SetArguments.Options(parsed.GetValue(waive)!);
            string path = parsed.GetValue(set)!;
            SessionSet read = SetArguments.Read(path, console.Cancellation);
            KernelPair kernels = asked ?? KernelPair.Of(read.Host);
            PlanAnswer answer = PlanRequest.Answer(
                read, kernels, options, cancellation: console.Cancellation);
            TextReportOptions report = new()
            {
                SetName = path,
                IsCheck = true,
                Repeated = SetArguments.Repeated(parsed.GetValue(model), parsed.GetValue(waive)!),
            };
            SetArguments.Answer(null, isJson, read, kernels, answer, report);
            return answer.IsAccepted ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
