namespace GraphOrder.Reports;

/// <summary>
/// What a picture shows: a set, and what planning it gave. The picture writers all take one. Immutable and
/// thread-safe.
/// </summary>
public sealed record PlanPicture
{
    /// <summary>The set that was planned.</summary>
    public required SessionSet Set { get; init; }

    /// <summary>The kernels that it was planned for.</summary>
    public required KernelPair Kernels { get; init; }

    /// <summary>The plan, or why there is none.</summary>
    public required PlanResult Result { get; init; }

    /// <summary>The ways out of a refusal; none where nobody looked for any.</summary>
    public RepairList Repairs { get; init; } = RepairList.None;

    /// <summary>When the steps run; null where the set says of no guest when it is paused.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>How the user named the set, and the options that a command must repeat.</summary>
    public required TextReportOptions Report { get; init; }

    /// <summary>
    /// Whether dependencies that others imply may be left out (<see cref="TransitiveReduction"/>); graphs
    /// look at it.
    /// </summary>
    public bool IsReduced { get; init; }

    /// <summary>The objects and their dependencies.</summary>
    internal DependencyGraph Graph => DependencyGraph.Of(Set);

    /// <summary>The text form, as <c>plan</c> writes it, without colour.</summary>
    /// <remarks>O(V + E log E) time.</remarks>
    public void WriteText(TextWriter output) => TextReport.WritePlan(
        output, Set, Kernels, Result, Report with { Colour = false }, Repairs, Schedule);
}
