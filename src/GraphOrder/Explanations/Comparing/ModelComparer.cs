using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Answers the question of the mail for one set: what each lifecycle model, and the push gate, make of it.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// <b>Held.</b> From a memfd's preserve to its finish, counted in other objects and in what the set says that
/// they cost, so that a model of few coarse steps does not look fast (<see cref="MemfdWindow"/>).
/// </para>
/// <para>
/// <b>Exposed.</b> From the first moment when the pages of a memfd can be given away to the last one when a
/// device may write to them. A device may write from before the first preserve until the last mapper is
/// finished. Until then these stand between, one after another: the pins of the old kernel until the
/// memfd's preserve, the preserve flag until the kexec, the hand-over until its retrieve, then its seals
/// alone, whatever the finish order, and after its finish nothing. Seals without WRITE or FUTURE_WRITE let
/// holes be punched. A memfd that is finished in the same step as its last mapper is released with it.
/// </para>
/// <para>
/// Every model is asked with what Linux 7.3.4 does to memfds, since a model decides orders and nothing else;
/// that a memfd stayed frozen until finish, as the mail supposes, is not how any of them behaves.
/// </para>
/// <para>
/// O(V log V + E) time for each different model; models with the same order rules are planned once.
/// </para>
/// </remarks>
public static class ModelComparer
{
    /// <summary>The row of the push gate: the same-session rule and a finish per session.</summary>
    public const string PushGate = "push-gate";

    // Codes are what is kept of these; a list may be cut, and no refusal must be lost by that.
    private const int RefusalCountMax = 100_000;

    /// <summary>Compares the built-in models and the push gate.</summary>
    /// <param name="graph">The set and its dependencies.</param>
    /// <param name="cancellation">As for planning.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// Comparison comparison = ModelComparer.Compare(DependencyGraph.Of(set));
    /// bool isAnySafe = comparison.SafeCount > 0;
    /// </code>
    /// </example>
    public static Comparison Compare(DependencyGraph graph, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ImmutableArray<SessionWait> waits = SessionWaits.Of(graph, out bool isWhole);
        BookkeepingCounts counts = new(graph);
        PlanGround ground = PlanGround.Of(graph, cancellation);
        PlanWorkspace workspace = new();
        Dictionary<string, ImmutableArray<DiagnosticCode>> refusals = [];
        List<(LifecycleModel Model, ModelComparison Row)> rows = [];
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            KernelPair kernels = KernelPair.Of(model);
            ModelComparison row = rows.Find(known => HaveSameOrders(known.Model, model)).Row
                ?? Planned(workspace, ground, model, isWhole ? waits : [], cancellation);
            if (!refusals.TryGetValue(kernels.Old.Release, out ImmutableArray<DiagnosticCode> codes))
            {
                codes = RefusalsOf(graph, kernels);
                refusals.Add(kernels.Old.Release, codes);
            }

            rows.Add((model, row with
            {
                Model = model.Name,
                Release = kernels.Old.Release,
                Errors = Renamed(row.Errors, model.Name),
                Refusals = codes,
                Bookkeeping = counts.Of(model[Phase.Finish].Unit, isGate: false),
            }));
        }

        ModelComparison together = rows.Find(static row => row.Model == LifecycleModel.SessionFinish).Row;
        return new Comparison(graph, [.. rows.Select(static row => row.Row), Gate(graph, together, counts)])
        {
            Waits = waits,
            AreWaitsWhole = isWhole,
            ListByteCount = counts.ListBytes(KernelProfile.Linux734.Limits),
            MemfdCount = CountOf(graph, static kind => kind == ObjectKind.Memfd),
            OtherMemoryCount = CountOf(
                graph, static kind => kind == ObjectKind.GuestMemfd || kind == ObjectKind.MemfdHugetlb),
            DomainCount = CountOf(graph, static kind => kind == ObjectKind.IommuDomain)
                - graph.Set.Walked.Count(static found => found.WhyNot is null),
        };
    }

    private static ModelComparison Planned(
        PlanWorkspace workspace,
        PlanGround ground,
        LifecycleModel model,
        ImmutableArray<SessionWait> waits,
        CancellationToken cancellation)
    {
        DependencyGraph graph = ground.Graph;
        PlanResult result = workspace.Order(ground, KernelPair.Of(model), cancellation);
        ModelComparison row = new(model.Name, "") { Bookkeeping = new Bookkeeping([]) };
        if (!result.TryGetPlan(out Plan? plan))
        {
            ImmutableArray<Diagnostic> errors = [.. result.Diagnostics.Where(static found => found.IsError)];
            return row with { Errors = errors, Dangers = DangersOf(graph, errors) };
        }

        ImmutableArray<MemfdWindow> windows = new MemfdWindows(graph, plan).All();
        return row with
        {
            Memfds = windows,
            ExposedCount = windows.Count(static window => window.Exposed is not null),
            Wait = WaitOf(graph, model[Phase.Finish].Unit, plan, waits),
        };
    }

    private static ModelComparison Gate(
        DependencyGraph graph, ModelComparison together, BookkeepingCounts counts)
    {
        DiagnosticList missing = new();
        PushGateRule.Check(graph, missing);
        ModelComparison row = together with
        {
            Model = PushGate,
            Errors = Renamed(together.Errors, PushGate),
            Bookkeeping = counts.Of(StepUnit.Session, isGate: true),
        };
        return !missing.HasErrors ? row : row with
        {
            // The HWPT is not admitted, so the update does not begin and nothing is released under it.
            Errors = [.. missing.ToImmutable().Where(static found => found.IsError), .. row.Errors],
            Memfds = [],
            ExposedCount = 0,
            Dangers = [],
            Wait = null,
        };
    }

    // A model with the same rules in every phase has the same orders; only what its kernel says differs.
    private static bool HaveSameOrders(LifecycleModel one, LifecycleModel other)
    {
        foreach (Phase phase in Phases.All)
        {
            if (one[phase] != other[phase])
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<Diagnostic> Renamed(ImmutableArray<Diagnostic> errors, string model) =>
        [.. errors.Select(error => error.Cycle is null ? error : error with
        {
            Cycle = error.Cycle with { Model = model },
        })];

    private static ImmutableArray<DiagnosticCode> RefusalsOf(DependencyGraph graph, KernelPair kernels)
    {
        DiagnosticList found = new(RefusalCountMax);
        KernelAcceptance.Check(graph, kernels, found);
        return
        [
            .. found.ToImmutable()
                .Where(static each => each.IsError || each.Code.IsKernelRefusal())
                .Select(static each => each.Code)
                .Distinct()
                .Order(),
        ];
    }

    private static ImmutableArray<ReleaseDanger> DangersOf(
        DependencyGraph graph, ImmutableArray<Diagnostic> errors)
    {
        List<ReleaseDanger> dangers = [];
        foreach (Diagnostic error in errors)
        {
            bool isOfFinish = error.Cycle is { } cycle && cycle.Phases.Contains(Phase.Finish);
            foreach (CycleStep step in isOfFinish ? error.Cycle!.Steps : [])
            {
                if (graph.Set.TryFind(step.On, out ObjectId memfd)
                    && graph[memfd].Kind == ObjectKind.Memfd
                    && graph.Set.TryFind(step.Dependent, out ObjectId mapper)
                    && DeviceMappings.IsMapper(graph[mapper].Kind))
                {
                    dangers.Add(new ReleaseDanger(memfd, mapper));
                }
            }
        }

        return [.. dangers.Distinct()];
    }

    private static FinishWait WaitOf(
        DependencyGraph graph, StepUnit unit, Plan plan, ImmutableArray<SessionWait> waits)
    {
        int last = 0;
        foreach (PlanStep step in plan[Phase.Finish])
        {
            last = Math.Max(last, step.Wave);
        }

        if (unit is StepUnit.Object or StepUnit.Everything || plan.Sessions.Finish.IsDefault)
        {
            int others = Math.Max(0, graph.SessionCount - 1);
            return new FinishWait(unit, unit == StepUnit.Everything ? others : last, []);
        }

        List<SessionId> finish = [];
        foreach (SessionName name in plan.Sessions.Finish)
        {
            _ = graph.Set.TryFindSession(name.Text, out SessionId session);
            finish.Add(session);
        }

        ImmutableArray<SessionId> chain = SessionWaits.LongestChain(waits, finish);
        return new FinishWait(StepUnit.Session, Math.Max(last, chain.Length - 1), chain);
    }

    private static int CountOf(DependencyGraph graph, Func<ObjectKind, bool> isCounted) =>
        graph.Set.Objects.Count(found => isCounted(found.Kind));
}
