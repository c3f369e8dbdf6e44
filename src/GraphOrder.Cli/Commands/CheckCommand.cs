using System.CommandLine;
using GraphOrder.LiveUpdate;
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
        Option<bool> host = new("--host")
        {
            Description = "Ask the running machine too: the device, boot switches, the release, a loaded "
                + "kernel, who "
                + "holds the set's sessions. Nothing is changed.",
        };
        Command command = new(
            "check",
            "Plans, and then says everything that the two kernels would refuse. Exit code 1 unless all "
            + "is accepted.")
        {
            set, model, waive, format, host,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            KernelPair? asked = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            PlanOptions options = SetArguments.Options(parsed.GetValue(waive)!);
            string path = parsed.GetValue(set)!;
            SessionSet read = SetArguments.Read(path, console.Cancellation);
            KernelPair kernels = asked ?? KernelPair.Of(read.Host);
            PlanAnswer answer = SetArguments.Plan(
                read, kernels, options, ScheduleOptions.Default, console.Cancellation);
            if (parsed.GetValue(host))
            {
                DiagnosticList found = new();
                HostChecks.Check(read, RunningHost.Read(), found);
                answer = answer.With(found);
            }

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
