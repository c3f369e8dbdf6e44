namespace GraphOrder;

/// <summary>
/// A step carries exactly what moves with it: a file what is inside it, in an order that the dependencies
/// allow; a session or everything all its files and objects, in document order; an object nothing.
/// </summary>
internal static class CarriedOrder
{
    public static void Check(
        DependencyGraph graph,
        PhaseSet[] binding,
        PhaseTimeline timeline,
        DiagnosticList diagnostics)
    {
        int[] places = new int[graph.ObjectCount];
        Array.Fill(places, -1);
        int[] counts = CountsByStep(graph, timeline);
        bool isOfFiles = timeline.Unit == StepUnit.File;
        for (int step = 0; step < timeline.Steps.Count; step++)
        {
            PlanStep found = timeline.Steps[step];
            if (found.CarriedCount != counts[step]
                || !IsWhole(graph, timeline, step, places)
                || (isOfFiles && !IsOrdered(graph, binding, timeline.Phase, found, places)))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.WrongCarries, DiagnosticSeverity.Error)
                {
                    Subjects = [found.ObjectName ?? found.ActName
                        ?? (found.Session is { } session ? $"session:{session.Text}" : "everything")],
                    Facts = [new("phase", timeline.Phase.Name()), new("step", step)],
                });
                return;
            }
        }
    }

    // How many objects move in each step beside the one that it names.
    private static int[] CountsByStep(DependencyGraph graph, PhaseTimeline timeline)
    {
        int[] counts = new int[timeline.Steps.Count];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            int step = timeline.StepOf(id);
            if (step >= 0 && !IsNamed(graph, timeline, id))
            {
                counts[step]++;
            }
        }

        return counts;
    }

    private static bool IsNamed(DependencyGraph graph, PhaseTimeline timeline, ObjectId id) =>
        graph[id].Act is not null
        || timeline.Unit == StepUnit.Object
        || (timeline.Unit == StepUnit.File && graph[id].IsFile);

    private static bool IsWhole(DependencyGraph graph, PhaseTimeline timeline, int step, int[] places)
    {
        PlanStep found = timeline.Steps[step];
        int last = -1;
        for (int i = 0; i < found.CarriedCount; i++)
        {
            if (!graph.Set.TryFind(found.CarriedName(i), out ObjectId id)
                || timeline.StepOf(id) != step
                || IsNamed(graph, timeline, id)
                || places[id.Index] >= 0
                || (timeline.Unit != StepUnit.File && id.Index < last))
            {
                return false;
            }

            places[id.Index] = i;
            last = id.Index;
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
