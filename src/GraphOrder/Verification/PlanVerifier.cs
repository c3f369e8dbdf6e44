namespace GraphOrder;

/// <summary>
/// Checks a plan that anybody made against a set: with the set's dependencies and the lifecycle model as
/// data, and nothing of the planner. It computes no order; it looks up positions. Thread-safe.
/// </summary>
/// <remarks>O(V + E) time and space, no recursion.</remarks>
public static class PlanVerifier
{
    /// <summary>Checks a plan.</summary>
    /// <param name="set">The set that it is to be legal for.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Checked for each phase.</param>
    /// <returns>
    /// Every kind of thing that is wrong, and of violated dependencies the first of each phase; nothing of
    /// grade error where the plan is legal. A plan for another set is refused without a look at its steps.
    /// A certificate that it brings must say what the set says.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerifyResult Verify(SessionSet set, Plan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        DiagnosticList diagnostics = new();
        if (TryAccept(set, plan, null, diagnostics, out KernelPair? kernels))
        {
            VerifyWithSet(set, kernels!, plan, diagnostics, cancellation);
        }

        return new VerifyResult(diagnostics.ToImmutable());
    }

    /// <summary>Checks a plan that follows models of one's own.</summary>
    /// <param name="set">The set that it is to be legal for.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="kernels">The kernels whose models it must name; a plan for others is refused.</param>
    /// <param name="cancellation">Checked for each phase.</param>
    /// <inheritdoc cref="Verify(SessionSet, Plan, CancellationToken)"/>
    public static VerifyResult Verify(
        SessionSet set, Plan plan, KernelPair kernels, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(kernels);
        DiagnosticList diagnostics = new();
        if (TryAccept(set, plan, kernels, diagnostics, out _))
        {
            VerifyWithSet(set, kernels, plan, diagnostics, cancellation);
        }

        return new VerifyResult(diagnostics.ToImmutable());
    }

    /// <summary>
    /// Checks a plan against what it brings itself (<see cref="Plan.Certificate"/>), without its set. The
    /// digests cannot be checked so; a plan without a certificate is refused.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Checked for each phase.</param>
    /// <returns>As for a plan that is checked against its set.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerifyResult VerifyCertificate(Plan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DiagnosticList diagnostics = new();
        if (plan.Certificate is not { } certificate)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.CertificateMissing, DiagnosticSeverity.Error));
        }
        else if (certificate.KernelsOf(plan.Model) is { } kernels)
        {
            Verify(DependencyGraph.Of(certificate.Set), kernels, plan, diagnostics, cancellation);
        }
        else
        {
            Unknown(diagnostics, plan.Model, string.Join(", ", LifecycleModel.BuiltIn));
        }

        return new VerifyResult(diagnostics.ToImmutable());
    }

    private static bool TryAccept(
        SessionSet set, Plan plan, KernelPair? asked, DiagnosticList diagnostics, out KernelPair? kernels)
    {
        kernels = null;
        if (!plan.Input.Equals(set.Digest))
        {
            Differs(diagnostics, DiagnosticCode.OtherSet, plan.Input, set.Digest);
            return false;
        }

        if (!plan.Rules.Equals(DependencyRules.Digest))
        {
            Differs(diagnostics, DiagnosticCode.OtherRules, plan.Rules, DependencyRules.Digest);
            return false;
        }

        bool isKnown = asked is null
            ? KernelPair.TryFindByModel(plan.Model, out kernels)
                || (kernels = plan.Certificate?.KernelsOf(plan.Model)) is not null
            : plan.Model == asked.ModelName;
        kernels = isKnown ? asked ?? kernels : null;
        if (kernels is null)
        {
            Unknown(diagnostics, plan.Model, asked?.ModelName ?? string.Join(", ", LifecycleModel.BuiltIn));
        }

        return kernels is not null;
    }

    private static void Unknown(DiagnosticList diagnostics, string model, string known) =>
        diagnostics.Add(new Diagnostic(DiagnosticCode.UnknownModel, DiagnosticSeverity.Error)
        {
            Facts = [new("model", model), new("known", known)],
        });

    private static void Differs(
        DiagnosticList diagnostics, DiagnosticCode code, Digest found, Digest expected) =>
        diagnostics.Add(new Diagnostic(code, DiagnosticSeverity.Error)
        {
            Facts = [new("found", found.ToString()), new("expected", expected.ToString())],
        });

    private static void VerifyWithSet(
        SessionSet set,
        KernelPair kernels,
        Plan plan,
        DiagnosticList diagnostics,
        CancellationToken cancellation)
    {
        DependencyGraph graph = DependencyGraph.Of(set);
        if (plan.Certificate is { } certificate)
        {
            CertificateCheck.Compare(graph, kernels, certificate, diagnostics);
        }

        Verify(graph, kernels, plan, diagnostics, cancellation);
    }

    private static void Verify(
        DependencyGraph graph,
        KernelPair kernels,
        Plan plan,
        DiagnosticList diagnostics,
        CancellationToken cancellation)
    {
        PhaseSet[] binding = BindingPhases(graph, plan, diagnostics);
        CheckActs(graph, kernels, diagnostics);
        PhaseTimeline[] timelines = new PhaseTimeline[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            cancellation.ThrowIfCancellationRequested();
            timelines[(int)phase] = PhaseTimeline.Of(
                graph, plan[phase], kernels[phase].Unit, diagnostics);
        }

        SessionRanks ranks = new(graph, kernels, plan.Sessions, diagnostics);
        DerivedOrders.Check(graph, kernels, plan.Sessions, timelines, ranks, diagnostics);
        BeginningCheck.Check(graph, plan.Sessions, timelines[(int)Phase.Preserve], diagnostics);
        foreach (Phase phase in Phases.All)
        {
            cancellation.ThrowIfCancellationRequested();
            PhaseRule rule = kernels[phase];
            ObjectRelation relation = new(graph, binding, rule);
            if (relation.TryFindCycle(out Dependency closing))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.ObjectCycle, DiagnosticSeverity.Error)
                {
                    Subjects = [graph.Set.NameOf(closing.Dependent), graph.Set.NameOf(closing.On)],
                    Facts = [new("phase", phase.Name())],
                });
            }
            else if (timelines[(int)phase].IsWhole)
            {
                PhaseDependencies.Check(
                    graph, binding, relation, rule, timelines[(int)phase], ranks, diagnostics);
                CarriedOrder.Check(graph, binding, timelines[(int)phase], diagnostics);
            }
        }
    }

    // Whatever the plan says of such an act, nobody can do it there.
    private static void CheckActs(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].Act is { } act && !kernels[act.Phase].TakesActs)
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.ActWithoutPlace, DiagnosticSeverity.Error)
                {
                    Subjects = [graph.Set.NameOf(new ObjectId(i))],
                    Facts =
                    [
                        new("phase", act.Phase.Name()),
                        new("model", (act.Phase.IsInNewKernel() ? kernels.Next : kernels.Old).Model.Name),
                        new("instead", act.Phase.IsInNewKernel() ? "retrieve" : "preserve"),
                    ],
                    Location = graph[new ObjectId(i)].Location,
                });
            }
        }
    }

    // Soft dependencies that the plan waives by name do not bind; whatever else it claims to waive does.
    private static PhaseSet[] BindingPhases(DependencyGraph graph, Plan plan, DiagnosticList diagnostics)
    {
        PhaseSet[] phases = new PhaseSet[graph.DependencyCount];
        for (int i = 0; i < phases.Length; i++)
        {
            phases[i] = graph.Dependencies[i].Phases;
        }

        foreach (string text in plan.Waived)
        {
            if (!Waiver.TryParse(text, out Waiver? waiver)
                || !graph.Set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent)
                || !graph.Set.TryFindEnd(waiver.On, out DependencyEnd on))
            {
                continue;
            }

            int first = graph.FirstDependencyOf(dependent);
            for (int i = first; i < first + graph.DependenciesOf(dependent).Length; i++)
            {
                Dependency known = graph.Dependencies[i];
                if (known.On == on && known.Strength == DependencyStrength.Soft)
                {
                    phases[i] -= waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All;
                    diagnostics.Add(new Diagnostic(DiagnosticCode.Waived, DiagnosticSeverity.Info)
                    {
                        Facts = [new("dependency", text)],
                    });
                }
            }
        }

        return phases;
    }
}
