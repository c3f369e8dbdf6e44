using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>Says how a run in the old kernel ended, and with which exit code.</summary>
internal static class RunReports
{
    /// <summary>Writes the report.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(UpdatePlan plan, RunOutcome outcome, string journalPath, CustodyKind custody)
    {
        Journal journal = JournalReader.ReadFile(journalPath);
        string failed = outcome.Step == 0
            ? $"the session of the journal: {UpdateAnswer.Why(plan, 0, outcome.Error, outcome.Why)}"
            : $"{outcome.Step} {UpdateAnswer.Words(plan, outcome.Step)}: "
                + UpdateAnswer.Why(plan, outcome.Step, outcome.Error, outcome.Why);
        string holder = custody == CustodyKind.Systemd ? "the service manager" : "luod";
        (string Label, string Text) line = ("journal", UpdateAnswer.JournalLine(journalPath, journal));
        string[] words = UpdateAnswer.JournalWords(journalPath);
        switch (outcome.End)
        {
            case RunEnd.Ready:
                UpdateAnswer.Write(new StatusReport(
                    "READY", $" for the kexec: everything is preserved, and {holder} holds the sessions.")
                {
                    IsGood = true,
                    Facts = [line, ("now", "do the kexec; in the next kernel go on with")],
                    Next = [["graph-order", "resume", .. words]],
                });
                return ExitCodes.Done;
            case RunEnd.CalledOff:
                UpdateAnswer.Write(new StatusReport(
                    "CALLED OFF", $" at step {outcome.Step} of {plan.Steps.Count}: nothing is lost.")
                {
                    Facts =
                    [
                        ("failed", failed),
                        ("sessions", "all closed in the plan's order; the kernel has let go of every file"),
                        line,
                    ],
                });
                return ExitCodes.PeerRefused;
            default:
                UpdateAnswer.Write(new StatusReport(
                    "STOPPED", $" at step {outcome.Step} of {plan.Steps.Count}: nothing is lost yet.")
                {
                    Facts =
                    [
                        ("failed", failed),
                        ("sessions", $"still open; {holder} holds them"),
                        line,
                    ],
                    Next =
                    [
                        ["graph-order", "resume", .. words],
                        ["graph-order", "abort", .. words],
                    ],
                });
                return ExitCodes.PeerRefused;
        }
    }
}
