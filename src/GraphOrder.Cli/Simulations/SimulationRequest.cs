using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>What the user wants to see run.</summary>
internal sealed record SimulationRequest
{
    private const int ErrnoMax = 133;

    /// <summary>The phases in which a file can be made to fail.</summary>
    public static readonly string[] FailingPhases = ["preserve", "freeze", "retrieve", "finish"];

    public required string SetPath { get; init; }

    public string? PlanPath { get; init; }

    public KernelPair? Kernels { get; init; }

    public string[] Failures { get; init; } = [];

    public int? KillAt { get; init; }

    public int? OrderCount { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Whether something is meant to go wrong.</summary>
    public bool HasFault => Failures.Length > 0 || KillAt is not null;

    /// <summary>Refuses numbers that make no sense.</summary>
    public void Check()
    {
        if (SetPath == InputFile.StandardInput && PlanPath == InputFile.StandardInput)
        {
            throw ToolException.Usage("Only one of SET and PLAN can be standard input.");
        }

        if (KillAt < 1)
        {
            throw ToolException.Usage("--kill-at takes the number of a step, from 1 up.");
        }

        if (OrderCount < 1)
        {
            throw ToolException.Usage("--orders takes a number of orders, from 1 up.");
        }
    }

    /// <summary>Refuses a death at a step that the run did not come to.</summary>
    public void DemandDeath(Rehearsal rehearsal)
    {
        if (KillAt is { } step && rehearsal.Steps.All(static done => done.Act != RehearsedAct.Die))
        {
            throw ToolException.Usage(
                $"--kill-at cannot be {step}: the run ends with step {rehearsal.Steps.Length}.");
        }
    }

    /// <summary>The same for the rehearsal, with files instead of their names.</summary>
    public RehearsalOptions Options(DependencyGraph graph) => new()
    {
        Faults = [.. Failures.Select(text => FaultOf(graph, text))],
        KillAt = KillAt,
    };

    private SimulatedFault FaultOf(DependencyGraph graph, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string phaseName = colon < 0 ? text : text[..colon];
        if (Array.IndexOf(FailingPhases, phaseName) < 0)
        {
            throw UsageErrors.WrongValue("--fail", phaseName, FailingPhases);
        }

        _ = Phases.TryParse(phaseName, out Phase phase);
        string id = text[(colon + 1)..];
        Errno error = Errno.InputOutput;
        int last = id.LastIndexOf(':');
        if (last >= 0 && !graph.Set.TryFind(id, out _))
        {
            error = ErrnoOf(id[(last + 1)..]);
            id = id[..last];
        }

        DependencyEnd end = SetArguments.Find(graph.Set, SetPath, id);
        if (end.IsSession || graph.FileOf(end.ObjectId) is not { } file)
        {
            throw ToolException.Usage($"--fail wants a file; {Printable.Of(id)} has none that could fail.");
        }

        return new SimulatedFault(
            phase, graph.Set.NameOf(graph.SessionOf(file)!.Value), graph.TokenOf(file), error);
    }

    private static Errno ErrnoOf(string name)
    {
        for (int number = 1; number <= ErrnoMax; number++)
        {
            if (((Errno)number).Name() == name)
            {
                return (Errno)number;
            }
        }

        string[] known = [.. Enumerable.Range(1, ErrnoMax).Select(static number => ((Errno)number).Name())];
        throw ToolException.Usage(
            $"--fail: {Printable.Of(name)} is no error number's name, such as EIO or ENOMEM."
            + UsageErrors.Meant(name.ToUpperInvariant(), known, ""));
    }
}
