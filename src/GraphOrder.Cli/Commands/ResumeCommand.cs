using System.Collections.Immutable;
using System.CommandLine;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>resume</c>: goes on with an update, in the kernel it began in or in the next one.</summary>
internal static class ResumeCommand
{
    public static Command Create(CommandConsole console)
    {
        ResumeOptions options = new();
        Argument<string[]> program = new("PROGRAM")
        {
            Description = "Behind '--': the program that this process becomes when all is finished; it "
                + "inherits what "
                + "was retrieved (LISTEN_FDS, names file=ID).",
            HelpName = "-- PROGRAM",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new(
            "resume",
            "Goes on with an update from its journal alone, which it finds on disk or in the session "
            + "'graphorder': retrieves in the plan's order, compares what came back, does acts, finishes "
            + "in the plan's order. What failed before stays failed, and only what is still safe is done.")
        {
            program,
        };
        options.AddTo(command);
        command.SetAction(parsed => Run(console, parsed, options, parsed.GetValue(program)!));
        return command;
    }

    private static int Run(
        CommandConsole console, ParseResult parsed, ResumeOptions options, string[] program)
    {
        string path = parsed.GetValue(options.Journal)!;
        LinuxCalls calls = new();
        ProcessSessions holders = new();
        RunningHost host = RunningHost.Read();
        GivenDescriptors given = UpdateOptions.Given(
            parsed, options.Descriptors, options.From, options.Patience);
        ResumeSource source = new(calls, holders, host, path, given);
        DemandTaker(source.IsOldKernel, parsed.GetValue(options.To), program);
        Journal journal = source.Find();
        if (journal.IsDone is not null || journal.EndedWithItsKernel(host.Boot)
            || host.IsMachineOf(journal.Kernels[^1]) == false)
        {
            if (program.Length > 0)
            {
                CommandConsole.Warn(
                    $"There is nothing to go on with, so '{Printable.Of(program[0])}' is not started.");
            }

            return StatusCommand.Tell(journal, path, PlanFormat.Text, [], console.Cancellation);
        }

        UpdatePlan plan = UpdatePlan.Of(journal);
        UpdateOptions.MakeRoom(calls, plan);
        UpdateDescriptors descriptors = given.For(plan.Set, out ImmutableArray<string> foreign);
        UpdateOptions.DemandKnown(foreign);
        descriptors.Device = source.Device;
        descriptors.Journal = source.Own >= 0 ? source.Own : descriptors.Journal;
        console.Grace = TimeSpan.FromDays(1);
        using FileJournalStore store = FileJournalStore.Continue(path, journal.Bytes);
        using JournalWriter writer = new(store, TimeProvider.System, journal.Sum);
        using AgentSocket? taker = parsed.GetValue(options.To) is { } to
            ? AgentSocket.Connect(to, UpdateOptions.PatienceOf(parsed, options.Patience))
            : null;
        RunContext context = new(calls, descriptors, writer, TimeProvider.System)
        {
            Acts = UpdateOptions.Runner(parsed, options.Act, options.Patience),
            Taker = taker,
            Holders = holders,
            AcceptDiffering = parsed.GetValue(options.AcceptDiffering)!.ToHashSet(),
            Cancellation = console.Cancellation,
        };
        bool isOld = host.Boot == journal.Header.Kernel.Boot;
        KernelIdentity kernel = host.IdentityOf(Environment.ProcessId);
        writer.Kernel(kernel);
        Journal known = journal with { Kernels = journal.Kernels.Add(kernel) };
        return isOld
            ? Old(plan, context, known, host, path)
            : New(console, plan, context, known, host, path, parsed.GetValue(options.AssumeQuiet)!, program);
    }

    // Asked before anything is retrieved: a process that ends again would take it along.
    private static void DemandTaker(bool isOld, string? taker, string[] program)
    {
        if (!isOld && taker is null && program.Length == 0)
        {
            throw ToolException.Usage(
                "Say who takes what is retrieved: --to SOCKET, or '-- PROGRAM'. Memory that nobody holds "
                + "is free when this process ends.");
        }
    }

    private static int Old(
        UpdatePlan plan, RunContext context, Journal known, RunningHost host, string path)
    {
        CustodyKind custody = known.Header.Custody;
        if (HalfClosed.Of(plan, known, host) is { } half)
        {
            UpdateAnswer.Write(new StatusReport("STOPPED", HalfClosed.Rest)
            {
                Facts = [("journal", UpdateAnswer.JournalLine(path, known)), .. half.Facts],
                Next = HalfClosed.Next(path),
            });
            return ExitCodes.Refused;
        }

        bool isLetGo = plan.Set.Sessions.Any(session => host.Sight.IsHeld(session.Name.Text) == false);
        if (custody == CustodyKind.Self || isLetGo)
        {
            context.Journal.Over(isDone: false);
            UpdateAnswer.Write(new StatusReport(
                "LET GO", ": whoever held the sessions closed them, and the kernel let go of all.")
            {
                Facts =
                [
                    ("journal", UpdateAnswer.JournalLine(path, known)),
                    ("guests", "nothing is lost: every memfd is where it was, and is not frozen any more"),
                ],
                Next = [["graph-order", "apply", "PLAN", "--set", "SET"]],
            });
            return ExitCodes.Refused;
        }

        RunOutcome outcome = new OldKernelRun(plan, context, custody)
            .Run(known, () => File.ReadAllBytes(path));
        return RunReports.Tell(plan, outcome, path, custody);
    }

    private static int New(
        CommandConsole console,
        UpdatePlan plan,
        RunContext context,
        Journal known,
        RunningHost host,
        string path,
        string[] quiet,
        string[] program)
    {
        HostState state = RunStates.Of(plan, known, host.Boot, host.Sight);
        RecoveryResult asked = UpdateRecovery.Ask(plan, state, quiet, console.Cancellation);
        if (!asked.TryGetRecovery(out Recovery? recovery))
        {
            throw new JournalException("tells a state that nothing can be said of");
        }

        RunOutcome outcome = new NewKernelRun(plan, context, known).Run(recovery);
        if (outcome.End == RunEnd.Done && program.Length > 0)
        {
            Work.YieldTerminal();
            Errno failed = ProgramHandOver.Run(
                context.Calls, plan, context.Descriptors, program, Environment.ProcessId);
            CommandConsole.Complain(
                $"'{Printable.Of(program[0])}' cannot be started: {failed.Name()}. Everything is "
                + $"retrieved and finished; this process (pid {Environment.ProcessId}) keeps the memory "
                + "until it ends.");
            console.Cancellation.WaitHandle.WaitOne();
            return ExitCodes.PeerRefused;
        }

        int code = StatusCommand.Tell(
            JournalReader.ReadFile(path), path, PlanFormat.Text, quiet, CancellationToken.None);
        if (outcome.End == RunEnd.Done)
        {
            return code;
        }

        if (outcome.Why is not null)
        {
            CommandConsole.Complain($"{Printable.Of(outcome.Why)}.");
        }

        Hold(console, context);
        return ExitCodes.PeerRefused;
    }

    // What this process holds alone would be finished, or freed, in no order when it ends.
    private static void Hold(CommandConsole console, RunContext context)
    {
        if (context.Descriptors.Device >= 0)
        {
            _ = context.Calls.Close(context.Descriptors.Device);
        }

        int self = Environment.ProcessId;
        ImmutableArray<HeldSession> held = context.Holders!.Find();
        string[] alone = [.. held.Where(each => each.Process == self).Select(each => each.Session)
            .Where(name => !held.Any(other => other.Session == name && other.Process != self))];
        if (alone.Length == 0 || console.Cancellation.IsCancellationRequested)
        {
            return;
        }

        CommandConsole.Complain(
            $"This process (pid {self}) alone holds {HalfClosed.Told(alone)}, and waits. When it ends, the "
            + "kernel finishes them. 'graph-order resume' in another terminal goes on and takes them over.");
        console.Cancellation.WaitHandle.WaitOne();
    }
}
