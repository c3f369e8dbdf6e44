using System.CommandLine;
using System.Globalization;
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
        RunStatus status = RunStatus.Of(plan, journal, host.Boot, host.Held);
        bool isReady = status.IsReady && IsHeldByOthers(plan, journal, status);
        bool hasEnded = journal.EndedWithItsKernel(host.Boot);
        _ = UpdateRecovery.Ask(plan, status.State, quiet, cancellation)
            .TryGetRecovery(out Recovery? recovery);
        (string word, string rest, bool isGood) = isReady
            ? ("READY", " for the kexec: everything is preserved, and the sessions are held.", true)
            : Verdict(plan, journal, status, host, recovery);
        int code = isGood ? ExitCodes.Done : ExitCodes.Refused;
        if (form == PlanFormat.Json)
        {
            OutputFile.Write(null, stream => UpdateAnswer.WriteState(stream, plan, status, journal, word));
            return code;
        }

        StatusReport report = new(word, rest)
        {
            IsGood = isGood,
            Facts = isReady
                ? [.. Facts(plan, journal, status, path), .. Ready(plan, status)]
                : [.. Facts(plan, journal, status, path)],
            Next = isReady || (journal.IsDone is null && !hasEnded && recovery is { IsWhole: true })
                ? [["graph-order", "resume", .. UpdateAnswer.JournalWords(path)]]
                : [],
        };
        Recovery? told = journal.IsDone is null && !isReady && !hasEnded ? recovery : null;
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

    private static (string Word, string Told, bool IsGood) Verdict(
        UpdatePlan plan, Journal journal, RunStatus status, RunningHost host, Recovery? recovery)
    {
        if (journal.IsDone is { } isDone)
        {
            return isDone
                ? ("DONE", ": everything is retrieved and finished.", true)
                : ("CALLED OFF", ": the sessions were closed, and nothing is lost.", true);
        }

        string since = status.JumpedAt is { } at && !status.State.IsOldKernel
            ? $", {UpdateAnswer.Duration(Now() - at)} after the kexec into {Printable.Of(host.Release)}"
            : "";
        if (recovery is { Lost.IsEmpty: false }
            && journal.Header.Custody == CustodyKind.Self
            && status.Failed is null)
        {
            string first = Printable.Of(plan.Set.NameOf(recovery.Lost[0]));
            string lost = $"{first}{More(recovery.Lost.Length)}";
            return ("LOST", $" {lost}: the process that held the sessions died{since}.", false);
        }

        if (status.State.IsOldKernel && journal.Header.Custody == CustodyKind.Self
            && plan.Set.Sessions.Select((_, index) => status.State[new SessionId(index)])
                .All(state => state == SessionState.Closed))
        {
            return (
                "LET GO",
                ": the process that held the sessions died, and the kernel let go of all. Nothing is lost; "
                    + "apply the plan again.",
                false);
        }

        if (journal.EndedWithItsKernel(host.Boot))
        {
            return (
                "REBOOTED",
                " without the update's kexec: what was preserved is gone with the old kernel. Start the "
                + "guests cold; 'graph-order apply' begins anew.",
                false);
        }

        if (status.IsToBeResumed)
        {
            return ("WAITING", $" to be resumed{since}.", false);
        }

        int step = Math.Min(status.Failed?.Step ?? status.NextStep, plan.Steps.Count);
        return ("STOPPED", $" at step {step} of {plan.Steps.Count}{since}.", false);
    }

    private static bool IsHeldByOthers(UpdatePlan plan, Journal journal, RunStatus status) =>
        journal.Header.Custody != CustodyKind.Self
        && plan.Set.Sessions.Select((_, index) => status.State[new SessionId(index)])
            .All(state => state == SessionState.Open);

    private static (string Label, string Text)[] Ready(UpdatePlan plan, RunStatus status)
    {
        string[] holders = [.. plan.Set.Sessions
            .Select((_, index) => status.State.ProcessOf(new SessionId(index)))
            .OfType<int>().Distinct().Select(process => process.ToString(CultureInfo.InvariantCulture))];
        return
        [
            (
                "do not",
                $"let process {string.Join(", ", holders)} exit before: with it the kernel lets go of all"),
            ("now", "do the kexec; in the next kernel go on with"),
        ];
    }

    private static List<(string Label, string Text)> Facts(
        UpdatePlan plan, Journal journal, RunStatus status, string path)
    {
        List<(string, string)> facts =
        [
            ("journal", $"{UpdateAnswer.JournalLine(path, journal)}, custody {journal.Header.CustodyName}"),
        ];
        if (status.Failed is { } failed)
        {
            string number = failed.Step > 0 ? $"{failed.Step} " : "";
            facts.Add(("failed", $"{number}{UpdateAnswer.Words(plan, failed.Step)}: "
                + UpdateAnswer.Why(plan, failed.Step, failed.Error, failed.Why)));
        }

        foreach ((string id, System.Collections.Immutable.ImmutableArray<string> differs) in journal.Checked)
        {
            if (!differs.IsEmpty)
            {
                facts.Add(("differs", $"{Printable.Of(id)}: {Printable.Of(string.Join("; ", differs))}"));
            }
        }

        if (!status.Guests.IsEmpty)
        {
            facts.Add(("guests", string.Join(" ", status.Guests.Take(12).Select(guest =>
                $"{Printable.Of(plan.Set.NameOf(guest.Session))} {(guest.IsPaused ? "is paused" : "runs")}"
                + (guest.Step > 0 ? $" (step {guest.Step})." : ".")))));
        }

        return facts;
    }

    private static string More(int count) => count > 1 ? $" and {count - 1} more" : "";

    private static long Now() =>
        (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
