using System.Collections.Immutable;
using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Interop;

/// <summary>
/// What QuikGraph, a library by other authors, says of a set and a plan: the N-version check of a decision
/// that can kill a host. Thread-safe.
/// </summary>
public static class SecondOpinion
{
    /// <summary>Whether the objects of a graph have no cycle in a phase.</summary>
    public static bool IsAcyclic(DependencyGraph graph, Phase phase) =>
        graph.AsQuikGraph(PhaseSet.Of(phase)).IsDirectedAcyclicGraph();

    /// <summary>
    /// The strong components of two objects or more in a phase, each sorted, by their first object.
    /// </summary>
    public static ImmutableArray<ImmutableArray<ObjectId>> StrongComponents(
        DependencyGraph graph, Phase phase)
    {
        Dictionary<DependencyEnd, int> components = [];
        graph.AsQuikGraph(PhaseSet.Of(phase)).StronglyConnectedComponents(components);
        return
        [
            .. components.Where(entry => !entry.Key.IsSession)
                .GroupBy(entry => entry.Value, entry => entry.Key.ObjectId)
                .Where(component => component.Count() > 1)
                .Select(component => component.OrderBy(id => id.Index).ToImmutableArray())
                .OrderBy(component => component[0].Index),
        ];
    }

    /// <summary>
    /// Checks a plan: in each phase the steps in the plan's order, together with what its dependencies demand
    /// of the steps that move their ends, must have no cycle. What moves in one step has no order in it.
    /// Dependencies through kernel-moved objects and whole sessions are left to <see cref="PlanVerifier"/>.
    /// </summary>
    /// <returns>One error for each phase in which QuikGraph finds a cycle.</returns>
    public static ImmutableArray<Diagnostic> Check(SessionSet set, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        DependencyGraph graph = DependencyGraph.Of(set);
        HashSet<string> waived = [.. plan.Waived];
        ImmutableArray<Diagnostic>.Builder diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (Phase phase in Phases.All)
        {
            if (!StepsWithDemands(graph, plan[phase], waived).IsDirectedAcyclicGraph())
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.SecondOpinionDiffers, DiagnosticSeverity.Error)
                {
                    Subjects = [phase.Name()],
                    Facts = [new("phase", phase.Name())],
                });
            }
        }

        return diagnostics.ToImmutable();
    }

    private static AdjacencyGraph<int, SEdge<int>> StepsWithDemands(
        DependencyGraph graph, PhaseSteps steps, HashSet<string> waived)
    {
        AdjacencyGraph<int, SEdge<int>> order = new(allowParallelEdges: true);
        Dictionary<ObjectId, int> stepOf = [];
        foreach (PlanStep step in steps)
        {
            order.AddVertex(step.Number);
            if (step.Number > 0)
            {
                order.AddEdge(new SEdge<int>(step.Number - 1, step.Number));
            }

            for (int i = -1; i < step.CarriedCount; i++)
            {
                string? moved = i < 0 ? step.ObjectName : step.CarriedName(i);
                if (moved is not null && graph.Set.TryFind(moved, out ObjectId id))
                {
                    stepOf[id] = step.Number;
                }
            }
        }

        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Phases.Contains(steps.Phase)
                && !dependency.Dependent.IsSession
                && !dependency.On.IsSession
                && stepOf.TryGetValue(dependency.Dependent.ObjectId, out int dependent)
                && stepOf.TryGetValue(dependency.On.ObjectId, out int on)
                && dependent != on
                && !IsWaived(graph, dependency, steps.Phase, waived))
            {
                bool isNeededFirst = steps.Phase.NeededGoesFirst();
                order.AddVerticesAndEdge(isNeededFirst
                    ? new SEdge<int>(on, dependent)
                    : new SEdge<int>(dependent, on));
            }
        }

        return order;
    }

    private static bool IsWaived(
        DependencyGraph graph, Dependency dependency, Phase phase, HashSet<string> waived)
    {
        if (waived.Count == 0 || dependency.Strength != DependencyStrength.Soft)
        {
            return false;
        }

        Waiver waiver = new(graph.Set.NameOf(dependency.Dependent), graph.Set.NameOf(dependency.On), phase);
        return waived.Contains(waiver.ToString());
    }
}
