using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Where it is known from in which order files were preserved: the plan that ran, or else the canonical
/// plan, which is then assumed and said to be. Immutable.
/// </summary>
internal sealed class PreserveOrderSource
{
    private PreserveOrderSource(DependencyGraph graph, Plan? plan, PhaseSet[] binding)
    {
        Plan = plan;
        Binding = binding;
        Positions = new InsidePositions(graph, plan?[Phase.Preserve]);
    }

    /// <summary>The plan; null where there is neither a given nor a canonical one.</summary>
    public Plan? Plan { get; }

    /// <summary>The phases in which each dependency binds: without what the plan waives.</summary>
    public PhaseSet[] Binding { get; }

    /// <summary>Where files stand inside their sessions.</summary>
    public InsidePositions Positions { get; }

    /// <summary>Finds it, and says what was assumed or what is wrong with the plan given.</summary>
    public static PreserveOrderSource Find(
        DependencyGraph graph,
        KernelPair kernels,
        HostState state,
        PlanResult? given,
        DiagnosticList diagnostics,
        CancellationToken cancellation)
    {
        Plan? plan = given is null
            ? Assume(graph, kernels, state, diagnostics, cancellation)
            : Accept(graph, kernels, given, diagnostics);
        ImmutableArray<Waiver>.Builder waivers = ImmutableArray.CreateBuilder<Waiver>();
        foreach (string text in plan?.Waived ?? [])
        {
            if (Waiver.TryParse(text, out Waiver? waiver))
            {
                waivers.Add(waiver);
            }
        }

        PlanOptions options = new() { Waivers = waivers.ToImmutable() };
        return new PreserveOrderSource(graph, plan, WaiverList.Apply(graph, options, diagnostics));
    }

    // Order rules only: what a kernel would have refused did not happen, and is no reason to know less.
    private static Plan? Assume(
        DependencyGraph graph,
        KernelPair kernels,
        HostState state,
        DiagnosticList diagnostics,
        CancellationToken cancellation)
    {
        KernelPair rules = new(
            KernelProfile.Linux734.With(kernels.Old.Model), KernelProfile.Linux734.With(kernels.Next.Model));
        Planner.Plan(graph, rules, null, cancellation).TryGetPlan(out Plan? plan);
        bool readsOrder = state.IsOldKernel
            ? kernels[Phase.Unpreserve].ReadsPreserveOrder
            : kernels[Phase.Finish].ReadsPreserveOrder;
        if (readsOrder)
        {
            diagnostics.Add(plan is null
                ? new Diagnostic(DiagnosticCode.PreserveOrderUnknown, DiagnosticSeverity.Warning)
                : new Diagnostic(DiagnosticCode.PreserveOrderAssumed, DiagnosticSeverity.Info));
        }

        return plan;
    }

    private static Plan? Accept(
        DependencyGraph graph, KernelPair kernels, PlanResult given, DiagnosticList diagnostics)
    {
        if (!given.TryGetPlan(out Plan? plan))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.NoPlan, DiagnosticSeverity.Error));
            return null;
        }

        if (!plan.Input.Equals(graph.Set.Digest))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.OtherSet, DiagnosticSeverity.Error)
            {
                Facts =
                [
                    new("found", plan.Input.ToString()),
                    new("expected", graph.Set.Digest.ToString()),
                ],
            });
            return null;
        }

        PhaseTimeline.Of(graph, plan[Phase.Preserve], kernels[Phase.Preserve].Unit, diagnostics);
        return plan;
    }
}
