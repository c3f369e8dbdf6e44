using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What changed between two plans. Immutable.</summary>
/// <param name="First">The first plan.</param>
/// <param name="Second">The second plan.</param>
public sealed record PlanDifference(PlanSide First, PlanSide Second)
{
    /// <summary>The six phases in phase order; empty where one of the two is a refusal.</summary>
    public ImmutableArray<PhaseDifference> Phases { get; init; } = [];

    /// <summary>The orders of sessions that one or both have; empty where one is a refusal.</summary>
    public ImmutableArray<SessionOrderDifference> Sessions { get; init; } = [];

    /// <summary>Whether both bring their dependencies; else no cause can be told.</summary>
    public bool HasDependencies { get; init; }

    /// <summary>
    /// The dependencies that the two do not have alike, by the ids of their ends: first those that the
    /// second has, in its order, then those that are gone, in the order of the first.
    /// </summary>
    public ImmutableArray<DependencyChange> Dependencies { get; init; } = [];

    /// <summary>What turned steps round, in the order in which the moved steps name them.</summary>
    public ImmutableArray<OrderCause> Causes { get; init; } = [];

    /// <summary>Why the second has no plan; empty where it has one, or where the first had none.</summary>
    public ImmutableArray<Diagnostic> Refusal { get; init; } = [];

    /// <summary>Diagnostics of the first that the second has not.</summary>
    public ImmutableArray<Diagnostic> DiagnosticsGone { get; init; } = [];

    /// <summary>Diagnostics of the second that the first has not.</summary>
    public ImmutableArray<Diagnostic> DiagnosticsAdded { get; init; } = [];

    /// <summary>Waivers of the first plan that the second has not.</summary>
    public ImmutableArray<string> WaiversGone { get; init; } = [];

    /// <summary>Waivers of the second plan that the first has not.</summary>
    public ImmutableArray<string> WaiversAdded { get; init; } = [];

    /// <summary>
    /// Whether both do the same in the same order, or are refused for the same. What else is told may differ.
    /// </summary>
    public bool IsSame
    {
        get
        {
            if (First.Result.IsLegal != Second.Result.IsLegal)
            {
                return false;
            }

            if (!First.Result.IsLegal)
            {
                return !HasError(DiagnosticsGone) && !HasError(DiagnosticsAdded);
            }

            foreach (PhaseDifference phase in Phases)
            {
                if (!phase.IsSame)
                {
                    return false;
                }
            }

            foreach (SessionOrderDifference order in Sessions)
            {
                if (!order.IsSame)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// Whether nothing differs of all that is compared: <see cref="IsSame"/>, and the sets, the models, the
    /// rules, the dependencies, the waivers and the diagnostics are alike too.
    /// </summary>
    public bool IsIdentical =>
        IsSame
        && First.Result.Input.Equals(Second.Result.Input)
        && First.Result.Model == Second.Result.Model
        && First.Result.Rules.Equals(Second.Result.Rules)
        && Dependencies.IsEmpty
        && WaiversGone.IsEmpty
        && WaiversAdded.IsEmpty
        && DiagnosticsGone.IsEmpty
        && DiagnosticsAdded.IsEmpty;

    /// <summary>How many moved steps there are in all phases.</summary>
    public long MovedCount
    {
        get
        {
            long count = 0;
            foreach (PhaseDifference phase in Phases)
            {
                count += phase.MovedCount;
            }

            return count;
        }
    }

    /// <summary>How many pairs of steps were turned round in all phases.</summary>
    public long TurnedPairs
    {
        get
        {
            long count = 0;
            foreach (PhaseDifference phase in Phases)
            {
                count += phase.TurnedPairs;
            }

            return count;
        }
    }

    private static bool HasError(ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.IsError)
            {
                return true;
            }
        }

        return false;
    }
}
