using System.CommandLine;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>status</c>: where an update stands, what must not be done now, what is safe next.</summary>
internal static class StatusCommand
{
    private const string Html = "html";

    private static readonly string[] Formats = [.. SetArguments.Formats, Html];

    public static Command Create(CommandConsole console)
    {
        Option<string> journal = UpdateOptions.Journal();
        Option<string> format = new("--format")
        {
            Description = "text for people, json for programs, html for a page with the journal beside the "
                + "plan.",
            HelpName = string.Join('|', Formats),
            DefaultValueFactory = _ => Formats[0],
        };
        Option<string[]> quiet = QuietOption();
        Command command = new(
            "status",
            "Says from the journal and from who holds the sessions where an update stands: what failed, "
            + "which guests run, what must not be done now, what is safe next. --format json is a STATE "
            + "for 'recover'. Ends with 1 unless all is well.")
        {
            journal, format, quiet,
        };
        command.SetAction(parsed =>
        {
            string form = parsed.GetValue(format)!;
            if (Array.IndexOf(Formats, form) < 0)
            {
                throw UsageErrors.WrongValue("--format", form, Formats);
            }

            string path = parsed.GetValue(journal)!;
            Journal read = UpdateOptions.Read(path);
            return Tell(read, path, form, parsed.GetValue(quiet)!, console.Cancellation);
        });
        return command;
    }

    public static Option<string[]> QuietOption() => new("--assume-quiet")
    {
        Description = "An object, a file with all that it carries, or session:NAME, through which no "
            + "device can write any more because you made it so. May be given several times.",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Writes where an update stands.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(
        Journal journal, string path, string form, string[] quiet, CancellationToken cancellation)
    {
        RunningHost host = RunningHost.Read();
        UpdatePlan plan = UpdatePlan.Of(journal);
        RunStatus status = RunStatus.Of(plan, journal, host);
        _ = UpdateRecovery.Ask(plan, status.State, quiet, cancellation)
            .TryGetRecovery(out Recovery? recovery);
        UpdateVerdict verdict = UpdateVerdict.Of(plan, journal, status, host, recovery);
        int code = verdict.IsGood ? ExitCodes.Done : ExitCodes.Refused;
        if (form == PlanFormat.Json)
        {
            OutputFile.Write(
                null, stream => UpdateAnswer.WriteState(stream, plan, status, journal, verdict.Word));
            return code;
        }

        HalfClosed? half = HalfClosed.Of(plan, journal, host);
        StatusReport report = new(verdict.Word, verdict.Rest)
        {
            IsGood = verdict.IsGood,
            Facts = [.. StatusFacts.Of(plan, journal, status, host, path), .. half?.Facts ?? []],
            Next = half is null ? StatusFacts.Next(journal, status, recovery, path) : HalfClosed.Next(path),
        };
        Recovery? told = half is null && status.Standing
            is UpdateStanding.Stopped or UpdateStanding.Lost or UpdateStanding.Waiting ? recovery : null;
        if (form == Html)
        {
            UpdateAnswer.WritePage(report, plan, told, path, journal);
        }
        else
        {
            UpdateAnswer.Write(report, plan, told, path);
        }

        return code;
    }
}
