namespace GraphOrder;

/// <summary>
/// The relation of each phase between objects alone, without files or sessions: whether it is acyclic, and
/// the order in which what a file carries moves. Phases with the same relation share one answer.
/// </summary>
internal sealed class ObjectOrders
{
    private readonly DependencyGraph _graph;
    private readonly PhaseSet[] _phases;
    private readonly List<(PhaseSet Phases, PrecedenceGraph Relation)> _relations = [];
    private readonly PrecedenceOrder[] _orders = new PrecedenceOrder[Phases.Count];

    public ObjectOrders(
        DependencyGraph graph, PhaseSet[] phases, bool needsBothWays, CancellationToken cancellation)
    {
        _graph = graph;
        _phases = phases;
        foreach (PhaseSet alike in AlikePhases())
        {
            PrecedenceGraph relation = RelationOf(alike.First, isForward: true);
            PrecedenceOrder order = PrecedenceOrder.Of(relation, cancellation);
            PrecedenceOrder reversed = needsBothWays && order.IsPossible && NeedsReversed(alike)
                ? PrecedenceOrder.Of(RelationOf(alike.First, isForward: false), cancellation)
                : order;
            _relations.Add((alike, relation));
            foreach (Phase phase in alike)
            {
                _orders[(int)phase] = phase.NeededGoesFirst() ? order : reversed;
            }
        }
    }

    /// <summary>
    /// The relations, each with the phases that share it; the needed object goes first in all of them.
    /// </summary>
    public IReadOnlyList<(PhaseSet Phases, PrecedenceGraph Relation)> Relations => _relations;

    /// <summary>
    /// The order of objects in a phase, as the phase runs; only where both ways were asked for.
    /// </summary>
    public PrecedenceOrder this[Phase phase] => _orders[(int)phase];

    private static bool NeedsReversed(PhaseSet phases)
    {
        foreach (Phase phase in phases)
        {
            if (!phase.NeededGoesFirst())
            {
                return true;
            }
        }

        return false;
    }

    private List<PhaseSet> AlikePhases()
    {
        List<PhaseSet> groups = [];
        foreach (Phase phase in Phases.All)
        {
            int group = groups.FindIndex(known => AreAlike(known.First, phase));
            if (group < 0)
            {
                groups.Add(PhaseSet.Of(phase));
            }
            else
            {
                groups[group] = groups[group].With(phase);
            }
        }

        return groups;
    }

    private bool AreAlike(Phase left, Phase right)
    {
        for (int i = 0; i < _phases.Length; i++)
        {
            if (_phases[i].Contains(left) != _phases[i].Contains(right) && IsBetweenObjects(i))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsBetweenObjects(int dependency) =>
        !_graph.Dependencies[dependency].Dependent.IsSession && !_graph.Dependencies[dependency].On.IsSession;

    private PrecedenceGraph RelationOf(Phase phase, bool isForward)
    {
        PrecedenceGraph relation = new(_graph.ObjectCount);
        for (int i = 0; i < _phases.Length; i++)
        {
            if (_phases[i].Contains(phase) && IsBetweenObjects(i))
            {
                int dependent = _graph.Dependencies[i].Dependent.ObjectId.Index;
                int on = _graph.Dependencies[i].On.ObjectId.Index;
                ArcLabel label = ArcLabel.Of(i, phase, isForward);
                relation.AddArc(isForward ? on : dependent, isForward ? dependent : on, label);
            }
        }

        return relation;
    }
}
