namespace GraphOrder;

/// <summary>
/// The relation of a phase between objects alone, as the phase runs: its arcs are the dependencies.
/// </summary>
internal readonly struct RelationArcs(LiveRows rows, Phase phase) : IWaveArcs
{
    public int FirstArc(int vertex, bool isOut) => Skip(
        isOut == phase.NeededGoesFirst()
            ? rows.Object(vertex).NeededBy.FirstRow
            : rows.Object(vertex).Needs.FirstRow,
        isOut);

    public int NextArc(int arc, bool isOut) => Skip(Next(arc, isOut), isOut);

    public int EndOf(int arc, bool isOut) => isOut == phase.NeededGoesFirst()
        ? rows.Dependency(arc).On.ObjectId.Index
        : rows.Dependency(arc).Dependent.ObjectId.Index;

    public bool Counts(int arc) => rows.Dependency(arc).IsThere && IsOfPhase(arc);

    public bool IsStep(int vertex) => true;

    public bool IsBorder(int vertex) => false;

    /// <summary>Whether a dependency is an arc here.</summary>
    public bool IsOfPhase(int arc)
    {
        ref DependencyRow found = ref rows.Dependency(arc);
        return !found.Dependent.IsSession && !found.On.IsSession && found.Phases.Contains(phase);
    }

    private int Next(int arc, bool isOut) =>
        isOut == phase.NeededGoesFirst() ? rows.NextNeededBy(arc) : rows.NextNeed(arc);

    private int Skip(int arc, bool isOut)
    {
        while (arc >= 0 && !IsOfPhase(arc))
        {
            arc = Next(arc, isOut);
        }

        return arc;
    }
}
