using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>plan</c>: the legal orders, or why there are none.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Option<string?> model = SetArguments.Model();
        Option<string[]> waive = SetArguments.Waive();
        Option<string> format = PlanFormat.Option();
        Option<string?> output = SetArguments.Output();
        Option<bool> certificate = new("--certificate")
        {
            Description = "Add the expanded dependencies and what they speak of, so that a checker needs "
                + "the plan alone. Goes with --format json; --format binary always has them.",
        };
        Option<bool> accept = new("--accept-derived")
        {
            Description = "Take what page tables map and nobody declares as if it were declared.",
        };
        Option<string?> apply = ApplyRepair.Option();
        Option<string?> blackout = BlackoutArgument.Option();
        Command command = new(
            "plan", "Computes the preserve, retrieve and finish orders, or proves that there are none.")
        {
            set, model, waive, accept, blackout, apply, certificate, format, output,
        };
        command.SetAction(parsed =>
        {
            string form = PlanFormat.Checked(parsed.GetValue(format)!, parsed.GetValue(output));
            bool isBinary = form == PlanFormat.Binary;
            KernelPair? asked = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            PlanOptions options = SetArguments.Options(parsed.GetValue(waive)!) with
            {
                WithCertificate = parsed.GetValue(certificate) || isBinary,
            };
            if (options.WithCertificate && form == PlanFormat.Text)
            {
                throw ToolException.Usage(
                    "--certificate is for programs that check the plan. Add --format json.");
            }

            int? repair = ApplyRepair.Number(parsed.GetValue(apply));
            ScheduleOptions schedule = BlackoutArgument.Options(parsed.GetValue(blackout));
            string path = parsed.GetValue(set)!;
            SessionSet read = SetArguments.Read(path, console.Cancellation, parsed.GetValue(accept));
            KernelPair kernels = asked ?? KernelPair.Of(read.Host);
            PlanAnswer answer = SetArguments.Plan(read, kernels, options, schedule, console.Cancellation);
            if (repair is { } number)
            {
                return ApplyRepair.Write(path, answer, number, parsed.GetValue(output));
            }

            if (isBinary)
            {
                return PlanFormat.WriteBinary(path, answer.Result, parsed.GetValue(output));
            }

            TextReportOptions report = new()
            {
                SetName = path,
                Repeated =
                [
                    .. SetArguments.Repeated(parsed.GetValue(model), parsed.GetValue(waive)!),
                    .. parsed.GetValue(accept) ? ["--accept-derived"] : (string[])[],
                    .. BlackoutArgument.Repeated(parsed.GetValue(blackout)),
                ],
            };
            if (PlanFormat.IsPicture(form))
            {
                PlanPicture picture = new()
                {
                    Set = read,
                    Kernels = kernels,
                    Result = answer.Result,
                    Repairs = answer.Repairs,
                    Schedule = answer.Schedule,
                    Report = report,
                };
                PlanFormat.WritePicture(form, picture, parsed.GetValue(output));
            }
            else
            {
                bool isJson = form == PlanFormat.Json;
                SetArguments.Answer(parsed.GetValue(output), isJson, read, kernels, answer, report);
            }

            return answer.Result.IsLegal ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
