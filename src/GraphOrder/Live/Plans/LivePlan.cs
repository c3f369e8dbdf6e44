using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// A plan that follows a live graph: what has changed is put into what stayed. It is the plan that planning
/// anew gives with what the kernel has as the same fixed beginning, byte for byte. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// LivePlan plan = new(live.Kernels);
/// plan.Apply(live.PlanChanges());                   // all of it
/// …                                                 // a guest comes
/// PlanChange change = live.PlanChanges();
/// plan.Apply(change);                               // change[Phase.Preserve] are the calls that are new
/// PlanResult whole = plan.ResultOf(live.Freeze());
/// </code>
/// </example>
public sealed class LivePlan
{
    private readonly KernelPair _kernels;
    private readonly List<LiveStep>[] _steps = new List<LiveStep>[Phases.Count];
    private readonly Dictionary<int, LiveSession> _sessions = [];
    private PhaseWaves[] _waves = new PhaseWaves[Phases.Count];

    /// <summary>A plan of nothing.</summary>
    /// <param name="kernels">The kernels of the live graph.</param>
    public LivePlan(KernelPair kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        _kernels = kernels;
        foreach (Phase phase in Phases.All)
        {
            _steps[(int)phase] = [];
        }
    }

    /// <summary>The steps of a phase in the order in which they run.</summary>
    public IReadOnlyList<LiveStep> this[Phase phase] => _steps[(int)phase];

    /// <summary>The wave of a step: steps of one wave do not depend on one another.</summary>
    public int WaveOf(Phase phase, int number) => _waves[(int)phase].Of(_steps[(int)phase][number], number);

    /// <summary>
    /// Puts in what has changed. One pass over the steps of each phase, which compares only what was touched.
    /// </summary>
    /// <param name="change">Every one that the live graph gave, in that order, from a whole one on.</param>
    public void Apply(PlanChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        HashSet<ObjectId> objects = [.. change.Objects];
        HashSet<SessionId> sessions = [.. change.Sessions];
        _waves = change.Waves;
        foreach (Phase phase in Phases.All)
        {
            List<LiveStep> stayed = _steps[(int)phase];
            stayed.RemoveAll(step => change.IsWhole
                || (step.Object is { } id ? objects.Contains(id) : sessions.Contains(step.Session!.Value)));
            _steps[(int)phase] = Merged(stayed, change[phase]);
        }

        if (change.IsWhole)
        {
            _sessions.Clear();
        }

        foreach (SessionId session in change.Sessions)
        {
            _sessions.Remove(session.Index);
        }

        foreach (LiveSession session in change.Places)
        {
            _sessions[session.Session] = session;
        }
    }

    /// <summary>
    /// The plan as planning anew gives it, or why the kernels do not take it. O(V + E), as the digest and the
    /// names of a plan are of all that there is.
    /// </summary>
    /// <param name="now">The live graph as it was frozen when the last change was asked for.</param>
    public PlanResult ResultOf(FrozenGraph now)
    {
        ArgumentNullException.ThrowIfNull(now);
        DependencyGraph graph = now.Graph;
        DiagnosticList diagnostics = new();
        ActPlaces acts = new(graph, new FileLayout(graph), new OrderLift(_kernels));
        ActRefusals.Add(graph, _kernels, acts, diagnostics);
        KernelAcceptance.Check(graph, _kernels, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new PlanResult(
                _kernels.ModelName, graph.Set.Digest, DependencyRules.Digest, diagnostics.ToImmutable());
        }

        PlanNames names = new(graph.Set.Ids, graph.Set.SessionNames);
        List<PhaseSteps> phases = [];
        foreach (Phase phase in Phases.All)
        {
            phases.Add(_kernels[phase].Unit == StepUnit.Everything
                ? EverythingAtOnce(phase, names, graph)
                : StepsOf(phase, names, now));
        }

        return new PlanResult(new Plan(
            _kernels.ModelName,
            graph.Set.Digest,
            DependencyRules.Digest,
            SessionsOf(now),
            [.. phases])
        {
            Diagnostics = diagnostics.ToImmutable(),
        });
    }

    private static List<LiveStep> Merged(List<LiveStep> stayed, ImmutableArray<LiveStep> added)
    {
        if (added.IsEmpty)
        {
            return stayed;
        }

        List<LiveStep> merged = new(stayed.Count + added.Length);
        int next = 0;
        foreach (LiveStep step in stayed)
        {
            while (next < added.Length && added[next].Rank.CompareTo(step.Rank) < 0)
            {
                merged.Add(added[next++]);
            }

            merged.Add(step);
        }

        merged.AddRange(added.AsSpan()[next..]);
        return merged;
    }

    private PhaseSteps StepsOf(Phase phase, PlanNames names, FrozenGraph now)
    {
        List<LiveStep> steps = _steps[(int)phase];
        PlanRow[] planned = new PlanRow[steps.Count];
        List<int> carried = [];
        for (int number = 0; number < planned.Length; number++)
        {
            LiveStep step = steps[number];
            planned[number] = new PlanRow(
                step.Object is { } id ? now.NumberOf(id) : -1,
                now.NumberOf(step.Session!.Value),
                _waves[(int)phase].Of(step, number),
                step.Token is not null,
                step.Token ?? 0,
                carried.Count,
                step.Carried.Length,
                step.IsAct);
            foreach (ObjectId inside in step.Carried)
            {
                carried.Add(now.NumberOf(inside));
            }
        }

        return new PhaseSteps(phase, names, planned, [.. carried]);
    }

    private static PhaseSteps EverythingAtOnce(Phase phase, PlanNames names, DependencyGraph graph)
    {
        ReadOnlySpan<ObjectId> movable = new FileLayout(graph).Movable;
        int[] all = new int[movable.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = movable[i].Index;
        }

        PlanRow[] rows = graph.SessionCount == 0 ? [] : [new(-1, -1, 0, false, 0, 0, all.Length)];
        return new PhaseSteps(phase, names, rows, all);
    }

    private SessionOrders SessionsOf(FrozenGraph now)
    {
        ImmutableArray<SessionOrder> named = _kernels.NamedOrders;
        ImmutableArray<SessionName> Find(SessionOrder order) => named.IndexOf(order) is var number and >= 0
            ? NamesOf(now, Sorted(found => found.Ranks[number]))
            : default;
        List<(string Name, ImmutableArray<SessionName> Sessions)> others = [];
        foreach (SessionOrder order in named)
        {
            if (order != SessionOrder.Create && order != SessionOrder.Close && order != SessionOrder.Finish)
            {
                others.Add((order.Name, Find(order)));
            }
        }

        bool isRetrieved = _kernels[Phase.Retrieve].Unit is StepUnit.File or StepUnit.Session;
        return new SessionOrders(
            Find(SessionOrder.Create),
            isRetrieved ? NamesOf(now, ByFirstStep(Phase.Retrieve)) : default,
            Find(SessionOrder.Finish),
            Find(SessionOrder.Close))
        {
            Others = [.. others],
        };
    }

    private List<int> Sorted(Func<LiveSession, StepRank> rankOf)
    {
        List<LiveSession> sorted = [.. _sessions.Values];
        sorted.Sort((x, y) => rankOf(x).CompareTo(rankOf(y)));
        return sorted.ConvertAll(static found => found.Session);
    }

    // An act asks for no session, and the empty ones come last.
    private List<int> ByFirstStep(Phase phase)
    {
        HashSet<int> seen = [];
        List<int> sessions = [];
        foreach (LiveStep step in _steps[(int)phase])
        {
            if (!step.IsAct && seen.Add(step.Session!.Value.Index))
            {
                sessions.Add(step.Session.Value.Index);
            }
        }

        sessions.AddRange(Sorted(static found => new StepRank(found.Place)).FindAll(seen.Add));
        return sessions;
    }

    private static ImmutableArray<SessionName> NamesOf(FrozenGraph now, List<int> sessions) =>
        [.. sessions.ConvertAll(row => now.Graph.Set.Sessions[now.NumberOf(new SessionId(row))].Name)];
}
