using System.Collections.Immutable;
using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// What <c>status</c> says below its verdict: what is known, what could not be asked, what not to do.
/// </summary>
internal static class StatusFacts
{
    private const int NamesMax = 12;

    /// <summary>The lines, each with its label.</summary>
    public static ImmutableArray<(string Label, string Text)> Of(
        UpdatePlan plan, Journal journal, RunStatus status, RunningHost host, string path)
    {
        List<(string, string)> facts =
        [
            ("journal", $"{UpdateAnswer.JournalLine(path, journal)}, custody {journal.Header.CustodyName}"),
        ];
        if (status.Standing == UpdateStanding.Unknown)
        {
            facts.Add(("known", Known(plan, journal, status)));
        }

        AddWhatFailed(facts, plan, journal, status);
        if (!status.Guests.IsEmpty)
        {
            facts.Add(("guests", string.Join(" ", status.Guests.Take(NamesMax).Select(guest =>
                $"{Printable.Of(plan.Set.NameOf(guest.Session))} {(guest.IsPaused ? "is paused" : "runs")}"
                + (guest.Step > 0 ? $" (step {guest.Step})." : ".")))));
        }

        AddWhatIsNotKnown(facts, journal, status, host);
        switch (status.Standing)
        {
            case UpdateStanding.Ready: AddReady(facts, plan, status); break;
            case UpdateStanding.Rebooted: AddLost(facts, plan, status); break;
            case UpdateStanding.Stopped: AddDiffering(facts, status); break;
            default: break;
        }

        return [.. facts];
    }

    /// <summary>
    /// The command to go on with; none where there is nothing to do, or what can be recovered says it.
    /// </summary>
    public static ImmutableArray<ImmutableArray<string>> Next(
        Journal journal, RunStatus status, Recovery? recovery, string path)
    {
        string[] named = UpdateAnswer.JournalWords(path);
        ImmutableArray<string> resume = ["graph-order", "resume", .. named];
        return status.Standing switch
        {
            UpdateStanding.Done when status.IsInItsKernel && journal.IsOwnSessionLeft => [resume],
            UpdateStanding.Ready => [resume],
            UpdateStanding.LetGo => [["graph-order", "apply", "PLAN", "--set", "SET"]],
            UpdateStanding.Unknown => [["graph-order", "status", .. named]],
            UpdateStanding.Stopped when Differing(status) is { } id =>
                [[.. resume, "--accept-differing", id]],
            UpdateStanding.Stopped or UpdateStanding.Lost or UpdateStanding.Waiting
                when recovery is { IsWhole: true } => [resume],
            _ => [],
        };
    }

    // What was retrieved other than it was: no error of the kernel.
    private static string? Differing(RunStatus status) =>
        status.Failed is { Verb: StepVerb.Retrieve, Error: Errno.None, ObjectName: { } id } ? id : null;

    private static string Known(UpdatePlan plan, Journal journal, RunStatus status)
    {
        KernelIdentity last = journal.Kernels[^1];
        string kernel = status.State.IsOldKernel ? "old" : "new";
        return $"it came to step {UpdateVerdict.StepOf(plan, status)} of {plan.Steps.Count} in the {kernel} "
            + $"kernel, {Printable.Of(last.Release)} (boot {Printable.Of(last.Boot)})";
    }

    private static void AddWhatFailed(
        List<(string, string)> facts, UpdatePlan plan, Journal journal, RunStatus status)
    {
        if (status.Failed is { } failed)
        {
            string number = failed.Step > 0 ? $"{failed.Step} " : "";
            facts.Add(("failed", $"{number}{UpdateAnswer.Words(plan, failed.Step)}: "
                + UpdateAnswer.Why(plan, failed.Step, failed.Error, failed.Why)));
        }

        foreach ((string id, ImmutableArray<string> differs) in journal.Checked)
        {
            if (!differs.IsEmpty)
            {
                facts.Add(("differs", $"{Printable.Of(id)}: {Printable.Of(string.Join("; ", differs))}"));
            }
        }
    }

    // Where the journal alone is believed, that is said, and what it would change.
    private static void AddWhatIsNotKnown(
        List<(string, string)> facts, Journal journal, RunStatus status, RunningHost host)
    {
        if (status.IsSeen || status.Standing is UpdateStanding.Done or UpdateStanding.CalledOff)
        {
            return;
        }

        string device = host.HasDevice ? "" : "there is no /dev/liveupdate here";
        if (status.IsInItsKernel)
        {
            string why = device.Length > 0 ? device : "only root sees what other processes hold";
            facts.Add((
                "unasked", $"who holds the sessions: {why}. If nobody does, the kernel let go of them"));
            return;
        }

        if (status.Standing == UpdateStanding.Waiting)
        {
            facts.Add(("unasked", "whether the sessions came over: nobody holds one that could be seen"));
            return;
        }

        facts.Add(("unasked", $"how it is now: this is boot {Printable.Of(host.Boot)}"
            + (device.Length > 0 ? $", and {device}" : "")));
        if (host.IsMachineOf(journal.Kernels[^1]) != false)
        {
            facts.Add(("perhaps", $"if this is the machine of the update, {Perhaps(journal, host)}"));
        }

        facts.Add(("do not", "apply or resume here; on the machine of the update, let no process that holds "
            + "a session exit before its status was read there"));
        facts.Add(("now", "ask again on the machine of the update, in its kernel"));
    }

    private static string Perhaps(Journal journal, RunningHost host) =>
        journal.Kernels[^1].Boot != journal.Header.Kernel.Boot
            ? "it was booted again, and what was not finished is gone: start its guests cold"
        : journal.EndedWithItsKernel(host.Boot)
            ? "it was rebooted without the kexec, and what was preserved is gone: start the guests cold"
        : "its kernel was started without liveupdate=on and takes nothing over";

    private static void AddReady(List<(string, string)> facts, UpdatePlan plan, RunStatus status)
    {
        string[] holders = [.. plan.Set.Sessions
            .Select((_, index) => status.State.ProcessOf(new SessionId(index)))
            .OfType<int>().Distinct().Select(process => process.ToString(CultureInfo.InvariantCulture))];
        string who = holders.Length > 0
            ? $"process {string.Join(", ", holders)}"
            : "whoever holds the sessions";
        facts.Add(("do not", $"let {who} exit before: with it the kernel lets go of all"));
        facts.Add(("now", "do the kexec; in the next kernel go on with"));
    }

    private static void AddLost(List<(string, string)> facts, UpdatePlan plan, RunStatus status)
    {
        string[] lost = [.. plan.Set.Objects
            .Select((_, index) => new ObjectId(index))
            .Where(id => plan.Graph[id].IsFile && status.State[id] == FileState.Lost)
            .Select(id => Printable.Of(plan.Set.NameOf(id)))];
        if (lost.Length > 0)
        {
            facts.Add(("lost", string.Join(", ", lost.Take(NamesMax))
                + (lost.Length > NamesMax ? $" and {lost.Length - NamesMax} more" : "")));
        }
    }

    private static void AddDiffering(List<(string, string)> facts, RunStatus status)
    {
        if (Differing(status) is { } id)
        {
            string guest = Printable.Of(status.Failed!.Session ?? "its guest");
            facts.Add(("do not", $"let {guest} run on {Printable.Of(id)}: it is not what was preserved"));
            facts.Add((
                "way out", $"start {guest} cold; or, where you know what changed it, take it as it is"));
        }
    }
}
