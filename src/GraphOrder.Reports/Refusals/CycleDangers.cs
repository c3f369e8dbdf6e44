namespace GraphOrder.Reports;

/// <summary>What would go wrong, told in objects, if somebody ran a cycle's phase all the same.</summary>
internal static class CycleDangers
{
    private const int ToldMax = 4;

    /// <summary>One sentence for each step that could be the one that is not kept.</summary>
    public static IEnumerable<string> Of(DependencyGraph graph, DependencyCycle cycle, CycleMovers movers)
    {
        int told = 0;
        int rest = 0;
        for (int next = 0; next < cycle.Steps.Length; next++)
        {
            // From the last step on, so that what goes first in the walk goes first here.
            int i = (next + cycle.Steps.Length - 1) % cycle.Steps.Length;
            CycleStep step = cycle.Steps[i];
            if (step.Rule == CycleRule.FixedBeginning)
            {
                continue;
            }

            if (told < ToldMax)
            {
                told++;
                yield return $"{movers.Then(i)} {movers.Participle(i)}first: {Sentence(graph, step)}.";
            }
            else
            {
                rest++;
            }
        }

        if (rest > 0)
        {
            yield return $"Likewise for the other {Plural.Of(rest, "step")}.";
        }
    }

    /// <summary>What goes wrong in a phase where a dependency is not kept.</summary>
    public static string Of(DependencyGraph graph, Phase phase, string dependentId, string onId)
    {
        string dependent = PlainText.Id(dependentId);
        string on = PlainText.Id(onId);
        string verb = Verb(graph, dependentId, onId);
        if (IsAct(graph, dependentId) || IsAct(graph, onId))
        {
            return phase.NeededGoesFirst()
                ? $"{dependent} is {Done(graph, phase, dependentId)} before {on}, which it {verb}"
                : $"{on} is {Done(graph, phase, onId)} before {dependent}, which {verb} it";
        }

        return phase switch
        {
            Phase.Preserve => $"{dependent} is preserved while {on}, which it {verb}, is not",
            Phase.Freeze => $"{dependent} is frozen while {on}, which it {verb}, can still change",
            Phase.Unfreeze => $"{on} can change again while {dependent}, which {verb} it, is still frozen",
            Phase.Unpreserve => $"{on} is unpreserved while {dependent} {verb} it",
            Phase.Retrieve => $"{dependent} is retrieved while {on}, which it {verb}, is not there",
            _ => $"{on} is released while {dependent} {verb} it",
        };
    }

    private static string Sentence(DependencyGraph graph, CycleStep step) =>
        Of(graph, step.Phase, step.Dependent, step.On);

    private static bool IsAct(DependencyGraph graph, string id) =>
        graph.Set.TryFind(id, out ObjectId found) && graph[found].Act is not null;

    // Nothing of an act can be frozen or released: it is done, and done too early or too late.
    private static string Done(DependencyGraph graph, Phase phase, string id) =>
        IsAct(graph, id) ? "done" : phase switch
        {
            Phase.Preserve => "preserved",
            Phase.Freeze => "frozen",
            Phase.Unfreeze => "unfrozen",
            Phase.Unpreserve => "unpreserved",
            Phase.Retrieve => "retrieved",
            _ => "released",
        };

    private static string Verb(DependencyGraph graph, string dependentId, string onId) =>
        graph.Set.TryFindEnd(dependentId, out DependencyEnd dependent)
        && graph.Set.TryFindEnd(onId, out DependencyEnd on)
            ? ReasonWords.VerbOf(graph, dependent, on)
            : "needs";
}
