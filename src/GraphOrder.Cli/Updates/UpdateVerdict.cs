using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>The first line on an update: the verdict, and what speaks against it.</summary>
/// <param name="Word">The verdict.</param>
/// <param name="Rest">The rest of the line.</param>
/// <param name="IsGood">Whether all is well.</param>
internal readonly record struct UpdateVerdict(string Word, string Rest, bool IsGood)
{
    /// <summary>What is said of where an update stands.</summary>
    public static UpdateVerdict Of(
        UpdatePlan plan, Journal journal, RunStatus status, RunningHost host, Recovery? recovery)
    {
        if (HalfClosed.Of(plan, journal, host) is not null)
        {
            return new UpdateVerdict("STOPPED", HalfClosed.Rest, IsGood: false);
        }

        string since = Since(status, host);
        string seen = status.IsSeen ? "" : ", as the journal has it";
        return status.Standing switch
        {
            UpdateStanding.Done => new(
                "DONE",
                ": everything is retrieved and finished" + Left(journal),
                IsGood: true),
            UpdateStanding.CalledOff => new(
                "CALLED OFF", ": the sessions were closed, and nothing is lost.", IsGood: true),
            UpdateStanding.Ready => new(
                "READY",
                status.IsSeen
                    ? " for the kexec: everything is preserved, and the sessions are held."
                    : " for the kexec, as the journal has it; whether the sessions are held, nobody saw.",
                status.IsSeen),
            UpdateStanding.LetGo => new(
                "LET GO",
                ": the process that held the sessions died, and the kernel let go of all. Nothing is lost; "
                    + "apply the plan again.",
                IsGood: false),
            UpdateStanding.Waiting => new(
                "WAITING",
                $" to be resumed{since}"
                    + (status.IsSeen ? "." : ", if it came over: the kernel tells only 'resume'."),
                IsGood: false),
            UpdateStanding.Lost => new(
                "LOST",
                $" {Lost(plan, recovery)}: the process that held the sessions died{since}.",
                IsGood: false),
            UpdateStanding.Rebooted => new("REBOOTED", Rebooted(journal), IsGood: false),
            UpdateStanding.Unknown => new("UNKNOWN", Unknown(journal, host), IsGood: false),
            _ => new(
                "STOPPED",
                $" at step {StepOf(plan, status)} of {plan.Steps.Count}{since}{seen}.",
                IsGood: false),
        };
    }

    /// <summary>The step at which it stands.</summary>
    public static int StepOf(UpdatePlan plan, RunStatus status) => Math.Min(
        status.Failed?.Step ?? status.NextStep,
        status.State.IsOldKernel ? plan.Steps.KexecNumber : plan.Steps.Count);

    private static string Since(RunStatus status, RunningHost host) =>
        status.JumpedAt is { } at && !status.State.IsOldKernel && Now() >= at
            ? $", {UpdateAnswer.Duration(Now() - at)} after the kexec into {Printable.Of(host.Release)}"
            : "";

    private static string Lost(UpdatePlan plan, Recovery? recovery) =>
        recovery is { Lost: [var first, ..] lost }
            ? Printable.Of(plan.Set.NameOf(first)) + (lost.Length > 1 ? $" and {lost.Length - 1} more" : "")
            : "something";

    private static string Left(Journal journal) => journal.IsDone is not null ? "."
        : journal.IsOwnSessionLeft ? "; what is left is the session of the journal itself."
        : "; only the journal's last record is missing.";

    private static string Rebooted(Journal journal) => journal.Kernels[^1].Boot == journal.Header.Kernel.Boot
        ? " without the update's kexec: what was preserved is gone with the old kernel. Start the "
            + "guests cold; 'graph-order apply' begins anew."
        : " before everything was finished: what was not is gone with the kernel that had it. Start its "
            + "guests cold.";

    private static string Unknown(Journal journal, RunningHost host) =>
        host.IsMachineOf(journal.Kernels[^1]) == false
        ? " here: the journal is another machine's."
        : " here: this kernel wrote nothing into the journal, "
            + (host.HasDevice ? "and may be another machine's." : "and cannot be asked.");

    private static long Now() =>
        (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
