using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>apply</c>: runs a plan up to the jump, with a journal.</summary>
internal static class ApplyCommand
{
    private static readonly string[] Custodies = ["self", "systemd", "luod"];

    public static Command Create(CommandConsole console)
    {
        Argument<string> plan = new("PLAN")
        {
            Description = "The plan (graphorder/plan/1).",
            HelpName = "PLAN",
        };
        ApplyOptions options = new();
        Command command = new(
            "apply",
            "Runs a plan up to the kexec: creates sessions, preserves files, does acts, each in the "
            + "journal on disk before it is done. What the kernel would refuse, or take and spoil, is "
            + "refused before it is asked. Ends with 0 when everything is preserved, 1 where it was "
            + "refused, 5 where the kernel refused.")
        {
            plan,
        };
        options.AddTo(command);
        command.SetAction(parsed => Run(console, parsed, parsed.GetValue(plan)!, options));
        return command;
    }

    private static int Run(CommandConsole console, ParseResult parsed, string planPath, ApplyOptions options)
    {
        CustodyKind custody = CustodyOf(parsed.GetValue(options.Custody));
        string setPath = parsed.GetValue(options.Set)
            ?? throw ToolException.Usage(
                "'apply' needs the plan's set: --set SET. See 'graph-order apply --help'.");
        string journalPath = parsed.GetValue(options.Journal)!;
        HashSet<DiagnosticCode> accepted = [.. parsed.GetValue(options.Accept)!.Select(
            static text => ExplainCommand.CodeOf("--accept", text))];
        bool isDry = parsed.GetValue(options.DryRun);
        ApplyDemands.Process(parsed.GetValue(options.Holder));
        ApplyDemands.Program(parsed.GetValue(options.Act));
        ApplyDemands.NoOtherJournal(journalPath, isDry);
        NextKernel? next = NextKernel.Of(parsed, options, custody);
        UpdatePlan plan = ReadPlan(planPath, setPath, console.Cancellation);
        ApplyDemands.Stable(plan.Set, setPath, parsed.GetValue(options.Stable)!);
        GivenDescriptors given = UpdateOptions.Given(
            parsed, options.Descriptors, options.From, options.Patience);
        UpdateDescriptors descriptors = given.For(plan.Set, out ImmutableArray<string> foreign);
        UpdateOptions.DemandKnown(foreign);
        LinuxCalls calls = new();
        UpdateOptions.MakeRoom(calls, plan);
        if (custody == CustodyKind.Self)
        {
            CallResult device = calls.OpenDevice();
            descriptors.Device = device.IsDone ? device.Descriptor : -1;
        }

        RunningHost host = RunningHost.Read();
        DiagnosticList against = Check(
            parsed, options, plan, calls, descriptors, given, custody, accepted, host, next is not null);
        if (against.HasErrors)
        {
            UpdateAnswer.WriteRefusal(against);
            return ExitCodes.Refused;
        }

        if (isDry)
        {
            UpdateAnswer.Write(new StatusReport(
                "READY", " to apply: nothing stands against it, and nothing was done.")
            {
                IsGood = true,
                Against = [.. against.ToImmutable()],
            });
            return ExitCodes.Done;
        }

        next?.Load(calls);
        return Apply(console, parsed, options, plan, calls, descriptors, custody, host, journalPath);
    }

    private static int Apply(
        CommandConsole console,
        ParseResult parsed,
        ApplyOptions options,
        UpdatePlan plan,
        LinuxCalls calls,
        UpdateDescriptors descriptors,
        CustodyKind custody,
        RunningHost host,
        string journalPath)
    {
        // Ctrl+C calls the update off in the plan's order, however long that takes.
        console.Grace = TimeSpan.FromDays(1);
        using FileJournalStore store = FileJournalStore.Create(journalPath);
        using JournalWriter writer = new(store, TimeProvider.System);
        KernelIdentity kernel = host.IdentityOf(Environment.ProcessId);
        JournalHeader header = new(Guid.NewGuid().ToString("n"), custody, plan.Plan.Model, kernel);
        writer.Begin(header);
        writer.Document("set", plan.SetText);
        writer.Document("plan", plan.PlanText);
        foreach (WalkedDomain walked in plan.Set.Walked)
        {
            writer.Walked(plan.Set, walked);
        }

        RunContext context = new(calls, descriptors, writer, TimeProvider.System)
        {
            Acts = UpdateOptions.Runner(parsed, options.Act, options.Patience),
            Stable = parsed.GetValue(options.Stable)!.ToHashSet(),
            Cancellation = console.Cancellation,
        };
        RunOutcome outcome = new OldKernelRun(plan, context, custody)
            .Run(new Journal(header) { Kernels = [kernel] }, () => File.ReadAllBytes(journalPath));
        return RunReports.Tell(plan, outcome, journalPath, custody);
    }

    private static CustodyKind CustodyOf(string? text) => Array.IndexOf(Custodies, text) switch
    {
        -1 when text is null => throw ToolException.Usage(
            "Say who holds the sessions at the reboot call: --custody self, systemd or luod. When the last "
            + "descriptor of a session closes, the kernel lets go of all that is in it."),
        -1 => throw UsageErrors.WrongValue("--custody", text, Custodies),
        int index => (CustodyKind)index,
    };

    private static UpdatePlan ReadPlan(string planPath, string setPath, CancellationToken cancellation)
    {
        byte[] planBytes = Bytes(planPath);
        PlanResult read = PlanReader.Read(
            new MemoryStream(planBytes), InputFile.NameOf(planPath), cancellation);
        if (!read.TryGetPlan(out Plan? plan))
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"'{Printable.Of(planPath)}' is a refusal: there is no order in it that could be run.");
        }

        byte[] setBytes = Bytes(setPath);
        SessionSet set = SessionSet.Read(new MemoryStream(setBytes), InputFile.NameOf(setPath), cancellation);
        DemandSet(plan!, set, planPath, setPath);
        Mappings.PageTableSource tables = new(SetArguments.FolderOf(setPath));
        return UpdatePlan.Of(
            set.With(tables.Walk(set, cancellation), acceptsMapped: true),
            plan!,
            Encoding.UTF8.GetString(setBytes),
            Encoding.UTF8.GetString(planBytes));
    }

    // Told before steps are numbered: they name what only the right set has.
    private static void DemandSet(Plan plan, SessionSet set, string planPath, string setPath)
    {
        bool hasAll = plan.Sessions.Create.All(name => set.TryFindSession(name.Text, out _))
            && plan[Phase.Preserve].All(step => (step.ObjectName ?? step.ActName) is not { } id
                || set.TryFind(id, out _));
        if (!hasAll)
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"'{Printable.Of(planPath)}' is the plan of another set than '{Printable.Of(setPath)}' "
                    + "(GO5001). "
                    + "Name the set that it was made for, or plan again.");
        }
    }

    private static byte[] Bytes(string path)
    {
        using Stream stream = InputFile.Open(path);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static DiagnosticList Check(
        ParseResult parsed,
        ApplyOptions options,
        UpdatePlan plan,
        LinuxCalls calls,
        UpdateDescriptors descriptors,
        GivenDescriptors given,
        CustodyKind custody,
        HashSet<DiagnosticCode> accepted,
        RunningHost host,
        bool loadsKernel)
    {
        DiagnosticList against = UpdateChecks.Check(
            plan, calls, descriptors, given.Sessions, custody, accepted);
        AddOfHost(against, plan.Set, given, custody, accepted, host, loadsKernel);
        CustodyCheck.Check(
            [.. plan.Set.Sessions.Select(session => session.Name.Text), MemoryJournalStore.SessionText],
            custody,
            Environment.ProcessId,
            parsed.GetValue(options.Holder),
            host.Held,
            against);
        ImmutableArray<string> acts = [.. plan.Set.Objects
            .Select((found, index) => (found, index))
            .Where(each => each.found.Act is not null)
            .Select(each => plan.Set.NameOf(new ObjectId(each.index)))];
        if (acts.Length > 0 && parsed.GetValue(options.Act) is null)
        {
            against.Add(new Diagnostic(DiagnosticCode.ActsWithoutRunner, DiagnosticSeverity.Error)
            {
                Subjects = acts,
            });
        }

        return against;
    }

    private static void AddOfHost(
        DiagnosticList against,
        SessionSet set,
        GivenDescriptors given,
        CustodyKind custody,
        HashSet<DiagnosticCode> accepted,
        RunningHost host,
        bool loadsKernel)
    {
        DiagnosticList found = new();
        HostChecks.Check(set, host, found);
        if (custody == CustodyKind.Self)
        {
            HostChecks.CheckJournalName(host, found);
        }

        foreach (Diagnostic each in found.ToImmutable())
        {
            bool isOfImage = each.Code is DiagnosticCode.ImageMissing or DiagnosticCode.ImageUnproven;
            // A session that was handed over is open, as it should be; who boots loads the kernel.
            bool isElsewhere = isOfImage
                ? loadsKernel || (each.Code == DiagnosticCode.ImageMissing && custody != CustodyKind.Self)
                : each.Code == DiagnosticCode.SessionOpenAlready && given.Sessions.Contains(each.Subjects[0]);
            if (!isElsewhere)
            {
                against.Add(each with { Severity = SeverityOf(each, custody, accepted) });
            }
        }
    }

    // Under its own custody nobody else looks at the image before the jump.
    private static DiagnosticSeverity SeverityOf(
        Diagnostic found, CustodyKind custody, HashSet<DiagnosticCode> accepted) =>
        accepted.Contains(found.Code) ? DiagnosticSeverity.Warning
            : found.Code == DiagnosticCode.ImageUnproven && custody == CustodyKind.Self
                ? DiagnosticSeverity.Error
            : found.Severity;
}
