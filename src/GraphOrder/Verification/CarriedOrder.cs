namespace GraphOrder;

/// <summary>
/// A step carries exactly what its file carries, in an order that the dependencies between those objects
/// allow.
/// </summary>
internal static class CarriedOrder
{
    public static void Check(
        DependencyGraph graph,
        PhaseSet[] binding,
        Phase phase,
        PhaseTimeline timeline,
        DiagnosticList diagnostics)
    {
        int[] places = new int[graph.ObjectCount];
        int[] counts = new int[graph.ObjectCount];
        Array.Fill(places, -1);
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].Carrier is { } carrier)
            {
                counts[carrier.Index]++;
            }
        }

        for (int step = 0; step < timeline.Files.Length; step++)
        {
            int file = timeline.Files[step];
            if (!IsWhole(graph, timeline.Steps[step], file, counts[file], places)
                || !IsOrdered(graph, binding, phase, timeline.Steps[step], places))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.WrongCarries, DiagnosticSeverity.Error)
                {
                    Subjects = [graph.Set.NameOf(new ObjectId(file))],
                    Facts = [new("phase", phase.Name()), new("step", step)],
                });
                return;
            }
        }
    }

    private static bool IsWhole(DependencyGraph graph, PlanStep step, int file, int count, int[] places)
    {
        if (step.CarriedCount != count)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!graph.Set.TryFind(step.CarriedName(i), out ObjectId id)
                || graph[id].Carrier?.Index != file
                || places[id.Index] >= 0)
            {
                return false;
            }

            places[id.Index] = i;
        }

        return true;
    }

    private static bool IsOrdered(
        DependencyGraph graph, PhaseSet[] binding, Phase phase, PlanStep step, int[] places)
    {
        for (int i = 0; i < step.CarriedCount; i++)
        {
            graph.Set.TryFind(step.CarriedName(i), out ObjectId dependent);
            int first = graph.FirstDependencyOf(dependent);
            for (int j = first; j < first + graph.DependenciesOf(dependent).Length; j++)
            {
                DependencyEnd on = graph.Dependencies[j].On;
                if (binding[j].Contains(phase) && !on.IsSession
                    && graph[on.ObjectId].Carrier == graph[dependent].Carrier
                    && graph[on.ObjectId].Carrier is not null
                    && places[on.ObjectId.Index] < places[dependent.Index] != phase.NeededGoesFirst())
                {
                    return false;
                }
            }
        }

        return true;
    }
}
