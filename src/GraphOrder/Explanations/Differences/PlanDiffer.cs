using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Says what changed between two plans: which steps moved and by how much, how many pairs were turned round
/// and why, and what changed beside the order. Thread-safe.
/// </summary>
/// <remarks>
/// Steps are the same where they move what has the same name. Where one plan moves files and the other each
/// object by itself, the files are compared. O(n log n) time for n steps; causes add a plan for each that is
/// tried (<see cref="PlanDiffOptions.PlanCountMax"/>).
/// </remarks>
public static class PlanDiffer
{
    /// <summary>Compares.</summary>
    /// <param name="first">The first plan.</param>
    /// <param name="second">The second plan.</param>
    /// <param name="options">How much is told; null for the usual.</param>
    /// <param name="cancellation">Checked between phases and plans.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// PlanDifference difference = PlanDiffer.Compare(PlanSide.Of(old, oldSet), PlanSide.Of(next, nextSet));
    /// bool isWorthALook = difference.MovedCount > 0;
    /// </code>
    /// </example>
    public static PlanDifference Compare(
        PlanSide first,
        PlanSide second,
        PlanDiffOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= PlanDiffOptions.Default;
        first.Result.TryGetPlan(out Plan? firstPlan);
        second.Result.TryGetPlan(out Plan? secondPlan);
        DependencyChanges? changes = first.Graph is not null && second.Graph is not null
            ? new DependencyChanges(first.Graph, second.Graph, firstPlan, secondPlan)
            : null;
        PlanDifference found = new(first, second)
        {
            HasDependencies = changes is not null,
            Dependencies = changes?.Changes ?? [],
            Refusal = firstPlan is not null && secondPlan is null ? RefusalOf(second, cancellation) : [],
            DiagnosticsGone = Missing(first.Result.Diagnostics, second.Result.Diagnostics),
            DiagnosticsAdded = Missing(second.Result.Diagnostics, first.Result.Diagnostics),
            WaiversGone = Missing(firstPlan?.Waived ?? [], secondPlan?.Waived ?? []),
            WaiversAdded = Missing(secondPlan?.Waived ?? [], firstPlan?.Waived ?? []),
        };
        return firstPlan is null || secondPlan is null
            ? found
            : new PlanPair(firstPlan, secondPlan, options).Compare(found, changes, cancellation);
    }

    // A refusal that was read says less than one that is made.
    private static ImmutableArray<Diagnostic> RefusalOf(PlanSide side, CancellationToken cancellation)
    {
        ImmutableArray<Diagnostic> told = side.Result.Diagnostics;
        bool isRead = !told.Any(static found => found.Cycle is not null || !found.Facts.IsEmpty);
        if (isRead && side.Graph is not null && side.Kernels is not null)
        {
            PlanResult again = Planner.Plan(side.Graph, side.Kernels, null, cancellation);
            told = again.IsLegal ? told : again.Diagnostics;
        }

        return [.. told.Where(static found => found.IsError)];
    }

    private static ImmutableArray<string> Missing(ImmutableArray<string> of, ImmutableArray<string> from)
    {
        HashSet<string> there = [.. from];
        return [.. of.Where(text => !there.Contains(text))];
    }

    private static ImmutableArray<Diagnostic> Missing(
        ImmutableArray<Diagnostic> of, ImmutableArray<Diagnostic> from)
    {
        Dictionary<string, int> there = new(StringComparer.Ordinal);
        foreach (Diagnostic diagnostic in from)
        {
            string name = NameOf(diagnostic);
            there[name] = there.GetValueOrDefault(name) + 1;
        }

        List<Diagnostic> missing = [];
        foreach (Diagnostic diagnostic in of)
        {
            string name = NameOf(diagnostic);
            int count = there.GetValueOrDefault(name);
            there[name] = count - 1;
            if (count <= 0)
            {
                missing.Add(diagnostic);
            }
        }

        return [.. missing];
    }

    private static string NameOf(Diagnostic diagnostic) =>
        $"{diagnostic.Code.Text()} {diagnostic.Severity}\n{string.Join('\n', diagnostic.Subjects)}";
}
