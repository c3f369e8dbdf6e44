using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>recover</c>: what can still be done on a host that stopped half-way.</summary>
internal static class RecoverCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Argument<string> state = new("STATE")
        {
            Description = "How far the host came (graphorder/state/1), or '-' for standard input.",
            HelpName = "STATE",
        };
        Option<string?> plan = new("--plan")
        {
            Description = "The plan that ran; it tells in which order files were preserved. Where it is "
                + "absent, the canonical plan is assumed.",
            HelpName = "PLAN",
        };
        Option<string[]> quiet = new("--assume-quiet")
        {
            Description = "An object, a file with all that it carries, or session:NAME, through which no "
                + "device can write any more because you made it so. May be given several times.",
            HelpName = "ID",
            DefaultValueFactory = _ => [],
        };
        Option<string?> model = SetArguments.Model();
        Option<string> format = SetArguments.Format();
        Command command = new(
            "recover",
            "Says what can still be retrieved and finished on a host that stopped half-way, what is "
            + "pinned and by whom, and what must not be done now. Ends with 1 unless everything can "
            + "still be finished.")
        {
            set, state, plan, quiet, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            KernelPair? given = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            string setPath = parsed.GetValue(set)!;
            string statePath = parsed.GetValue(state)!;
            string? planPath = parsed.GetValue(plan);
            DemandOneStandardInput(setPath, statePath, planPath);
            SessionSet read = SetArguments.Read(setPath, console.Cancellation);
            KernelPair kernels = given ?? KernelPair.Of(read.Host);
            RecoveryOptions options = new()
            {
                Plan = planPath is null ? null : ReadPlan(planPath, console.Cancellation),
                AssumeQuiet = [.. parsed.GetValue(quiet)!.Select(
                    id => RequestNames.QuietOf(read, "--assume-quiet", id))],
            };
            HostState host = ReadState(statePath, read, console.Cancellation);
            RecoveryResult result = SetArguments.Timed(
                "looking for what can be done",
                () => RecoveryPlanner.Recover(
                    DependencyGraph.Of(read), kernels, host, options, console.Cancellation));
            RecoveryTextOptions names = new()
            {
                SetName = setPath,
                StateName = statePath,
                PlanName = planPath,
                ModelName = parsed.GetResult(model) is { Implicit: false } ? parsed.GetValue(model) : null,
                AssumeQuiet = [.. parsed.GetValue(quiet)!],
                Colour = CommandConsole.WantsColour,
                Width = CommandConsole.Columns(),
            };
            OutputFile.Write(null, stream => Answer(stream, isJson, read, result, names));
            return result.TryGetRecovery(out Recovery? recovery) && recovery.IsWhole
                ? ExitCodes.Done
                : ExitCodes.Refused;
        });
        return command;
    }

    private static void DemandOneStandardInput(params ReadOnlySpan<string?> paths)
    {
        int count = 0;
        foreach (string? path in paths)
        {
            count += path == InputFile.StandardInput ? 1 : 0;
        }

        if (count > 1)
        {
            throw ToolException.Usage("Only one of SET, STATE and PLAN can be standard input.");
        }
    }

    private static HostState ReadState(string path, SessionSet set, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        using IDisposable part = InputFile.Reading(path, stream);
        return HostStateReader.Read(stream, set, InputFile.NameOf(path), null, cancellation);
    }

    private static PlanResult ReadPlan(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        using IDisposable part = InputFile.Reading(path, stream);
        return PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
    }

    private static void Answer(
        Stream stream, bool isJson, SessionSet set, RecoveryResult result, RecoveryTextOptions options)
    {
        if (isJson)
        {
            RecoveryWriter.Write(stream, set, result);
            return;
        }

        using StreamWriter writer = SetArguments.Text(stream);
        TextReport.WriteRecovery(writer, set, result, options);
    }
}
