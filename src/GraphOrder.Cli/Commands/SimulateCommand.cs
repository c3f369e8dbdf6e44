using System.Collections.Immutable;
using System.CommandLine;
using GraphOrder.LiveUpdate;
using GraphOrder.Mappings;

namespace GraphOrder.Cli;

/// <summary><c>simulate</c>: runs a plan on simulated kernels, with what goes wrong.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> set = SetArguments.Set();
        Argument<string?> plan = new("PLAN")
        {
            Description = "The plan that is run, made by anybody. Where it is left out: the canonical plan.",
            HelpName = "PLAN",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> fail = new("--fail")
        {
            Description = "A file that fails: PHASE:ID or PHASE:ID:ERRNO, where PHASE is preserve, freeze, "
                + "retrieve or finish, and ERRNO a name such as ENOMEM (else EIO). May be given several "
                + "times.",
            HelpName = "PHASE:ID[:ERRNO]",
            DefaultValueFactory = _ => [],
        };
        Option<int?> kill = new("--kill-at")
        {
            Description = "Kill the process that holds the sessions after this step.",
            HelpName = "STEP",
        };
        Option<int> orders = new("--orders")
        {
            Description = "Also run this many orders, drawn by lot from all that the declared dependencies "
                + "allow, and each once more with the holder killed at a step by lot.",
            HelpName = "N",
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "What those orders follow from; the same seed draws the same orders. Without "
                + "--orders: the one order of that seed.",
            HelpName = "NUMBER",
        };
        Option<string?> model = SetArguments.Model();
        Option<string> format = SetArguments.Format();
        Command command = new(
            "simulate",
            "Runs an update on simulated kernels, which answer as Linux 7.3.4 does, and checks every "
            + "dependency at every step against what they did. Ends with 1 where one broke, where "
            + "the content of a file was lost, or where a kernel refused what nobody asked it to.")
        {
            set, plan, fail, kill, orders, seed, model, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            SimulationRequest request = new()
            {
                SetPath = parsed.GetValue(set)!,
                PlanPath = parsed.GetValue(plan),
                Kernels = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation),
                Failures = parsed.GetValue(fail)!,
                KillAt = parsed.GetValue(kill),
                OrderCount = parsed.GetResult(orders) is { Implicit: false } ? parsed.GetValue(orders)
                    : parsed.GetResult(seed) is { Implicit: false } ? 1
                    : null,
                Seed = parsed.GetValue(seed),
            };
            return Run(request, isJson, console.Cancellation);
        });
        return command;
    }

    private static int Run(SimulationRequest request, bool isJson, CancellationToken cancellation)
    {
        request.Check();
        // What page tables map is part of the world, not of what the planner is told.
        SessionSet declared = SetArguments.ReadUnwalked(request.SetPath, cancellation);
        SessionSet read = declared.With(
            new PageTableSource(SetArguments.FolderOf(request.SetPath)).Walk(declared, cancellation));
        KernelPair kernels = request.Kernels ?? KernelPair.Of(read.Host);
        if (!Rehearser.CanRun(kernels))
        {
            throw ToolException.Usage(
                $"simulate knows kernels of Linux; {kernels.ModelName} is none. "
                + "Use --model linux-7.3 or linux-next.");
        }

        DependencyGraph graph = DependencyGraph.Of(read);
        PlanResult found = request.PlanPath is null
            ? Planner.Plan(DependencyGraph.Of(declared), kernels, null, cancellation)
            : ReadPlan(request.PlanPath, cancellation);
        if (!found.TryGetPlan(out Plan? plan))
        {
            return WithoutPlan(request);
        }

        if (!plan.Input.Equals(read.Digest) && !plan.Input.Equals(declared.Digest))
        {
            throw ToolException.Usage(
                "The plan is of another set. Plan this one anew, or name the set it is of.");
        }

        RehearsalOptions options = request.Options(graph);
        Rehearsal rehearsal = SetArguments.Timed(
            "running the plan", () => Rehearser.Run(graph, kernels, plan, options));
        ImmutableArray<string> waived = plan.Waived;
        request.DemandDeath(rehearsal);
        OrderTrials? trials = request.OrderCount is { } orderCount
            ? SetArguments.Timed(
                $"running {orderCount} orders",
                () => Rehearser.Try(
                    graph, kernels, orderCount, request.Seed, waived, cancellation))
            : null;
        SimulationText text = new(graph, kernels, request, rehearsal, trials);
        SetArguments.Answer(
            isJson,
            stream => RehearsalWriter.Write(stream, graph, rehearsal, trials),
            writer => text.Write(writer, CommandConsole.WantsColour, CommandConsole.Columns()));
        return text.IsSound ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static int WithoutPlan(SimulationRequest request)
    {
        string path = InputFile.NameOf(request.SetPath);
        CommandConsole.Complain(
            $"There is no legal plan of {Printable.Of(path)}, so nothing was run. "
            + "'graph-order plan' says why.");
        return ExitCodes.Refused;
    }

    private static PlanResult ReadPlan(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        using IDisposable part = InputFile.Reading(path, stream);
        return PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
    }
}
