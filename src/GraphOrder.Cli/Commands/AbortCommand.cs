using System.CommandLine;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>abort</c>: calls an update off before the kexec, in the plan's close order.</summary>
internal static class AbortCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> journal = UpdateOptions.Journal();
        Option<string?> to = new("--to")
        {
            Description = "A Unix socket whose owner holds the sessions, and closes each when it is asked "
                + "to.",
            HelpName = "SOCKET",
        };
        Option<string?> act = UpdateOptions.Act();
        Option<int> patience = UpdateOptions.Patience();
        Command command = new(
            "abort",
            "Calls an update off before the kexec: the sessions are closed in the plan's close order by "
            + "whoever holds them, which is read back after each. Without --to it says which to close "
            + "next. An update under --custody self is called off by Ctrl+C.")
        {
            journal, to, act, patience,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(journal)!;
            Journal read = UpdateOptions.Read(path);
            SharedPlace.DemandOwnersAlone(path);
            RunningHost host = RunningHost.Read();
            if (read.IsDone is null && read.Kernels[^1].Boot == host.Boot
                && host.Boot != read.Header.Kernel.Boot)
            {
                throw new ToolException(
                    ExitCodes.Refused,
                    "The kexec is done: nothing can be called off any more. See 'graph-order status'.");
            }

            // Of another kernel than its own there is nothing to call off; what is known of it is told.
            if (read.IsDone is not null || read.Header.Kernel.Boot != host.Boot)
            {
                return StatusCommand.Tell(read, path, PlanFormat.Text, [], console.Cancellation);
            }

            using AgentSocket? agent = parsed.GetValue(to) is { } socket
                ? AgentSocket.Connect(socket, UpdateOptions.PatienceOf(parsed, patience))
                : null;
            return Abort(read, path, agent, UpdateOptions.Runner(parsed, act, patience));
        });
        return command;
    }

    private static int Abort(Journal journal, string path, AgentSocket? agent, IActRunner? acts)
    {
        UpdatePlan plan = UpdatePlan.Of(journal);
        ProcessSessions holders = new();
        using FileJournalStore store = FileJournalStore.Continue(path, journal.Bytes);
        using JournalWriter writer = new(store, TimeProvider.System, journal.Sum);
        string? stuck = CallingOff.Run(
            plan, journal, writer, holders, agent is null ? null : agent.Close, acts);
        if (stuck is not null)
        {
            UpdateAnswer.Write(new StatusReport("STOPPED", " calling it off; nothing is lost.")
            {
                Facts = [("waits", Printable.Of(stuck)), ("then", "ask again; the order matters")],
                Next = [["graph-order", "abort", .. UpdateAnswer.JournalWords(path)]],
            });
            return ExitCodes.PeerRefused;
        }

        UpdateAnswer.Write(new StatusReport("CALLED OFF", ": every session is closed, and nothing is lost.")
        {
            IsGood = true,
            Facts = [("journal", UpdateAnswer.JournalLine(path, JournalReader.ReadFile(path)))],
        });
        return ExitCodes.Done;
    }
}
