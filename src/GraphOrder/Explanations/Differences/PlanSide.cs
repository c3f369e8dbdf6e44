namespace GraphOrder;

/// <summary>One of two plans that are compared, with what is known of its set. Immutable.</summary>
/// <param name="Result">The plan, or why there is none.</param>
public sealed record PlanSide(PlanResult Result)
{
    /// <summary>The set with its dependencies; null where nobody has it.</summary>
    public DependencyGraph? Graph { get; init; }

    /// <summary>The kernels; null where the models are not known.</summary>
    public KernelPair? Kernels { get; init; }

    /// <summary>
    /// A plan with the set that is given, or else with what its certificate says, and with the kernels that
    /// are given, or else with those that it names.
    /// </summary>
    /// <param name="result">The plan, or why there is none.</param>
    /// <param name="set">Its set; null where only a certificate can tell.</param>
    /// <param name="kernels">Its kernels; null for those that it names.</param>
    public static PlanSide Of(PlanResult result, SessionSet? set = null, KernelPair? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        PlanCertificate? certificate = result.TryGetPlan(out Plan? plan) ? plan.Certificate : null;
        SessionSet? known = set ?? certificate?.Set;
        KernelPair? named = kernels is not null && kernels.ModelName == result.Model ? kernels
            : certificate is not null ? certificate.KernelsOf(result.Model)
            : KernelPair.TryFindByModel(result.Model, out KernelPair? builtIn) ? builtIn
            : null;
        return new PlanSide(result)
        {
            Graph = known is null ? null : DependencyGraph.Of(known),
            Kernels = named,
        };
    }
}
