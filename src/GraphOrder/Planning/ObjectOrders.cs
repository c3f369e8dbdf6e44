namespace GraphOrder;

/// <summary>
/// The relation of each phase between objects alone, without files or sessions: whether it is acyclic, and
/// the order in which what a file carries moves. Phases with the same relation share one answer.
/// </summary>
internal sealed class ObjectOrders
{
    private readonly DependencyGraph _graph;
    private readonly PhaseSet[] _phases;
    private readonly List<PhaseSet> _alike;
    private bool _isDocumentOrder = true;
    private readonly PrecedenceGraph?[] _relations = new PrecedenceGraph?[Phases.Count];
    private readonly PrecedenceOrder[] _orders = new PrecedenceOrder[Phases.Count];

    public ObjectOrders(
        DependencyGraph graph, PhaseSet[] phases, bool needsBothWays, CancellationToken cancellation)
    {
        _graph = graph;
        _phases = phases;
        _alike = AlikePhases();
        foreach (PhaseSet alike in _alike)
        {
            // Where nobody asks for the order, and there is one, its relation is never made. A document that
            // names what is needed first shows one itself.
            bool isPossible = !needsBothWays
                && (_isDocumentOrder || IsAcyclic(alike.First, cancellation));
            PrecedenceOrder order = isPossible
                ? PrecedenceOrder.Possible
                : PrecedenceOrder.Of(Relation(alike), cancellation);
            PrecedenceOrder reversed = needsBothWays && order.IsPossible && NeedsReversed(alike)
                ? PrecedenceOrder.Of(RelationOf(alike.First, isForward: false), cancellation)
                : order;
            foreach (Phase phase in alike)
            {
                _orders[(int)phase] = phase.NeededGoesFirst() ? order : reversed;
            }
        }
    }

    /// <summary>The phases, those that share one relation together.</summary>
    public IReadOnlyList<PhaseSet> Alike => _alike;

    /// <summary>The relation that phases share; the needed object goes first in it.</summary>
    /// <param name="alike">One of <see cref="Alike"/>.</param>
    public PrecedenceGraph Relation(PhaseSet alike) =>
        _relations[(int)alike.First] ??= RelationOf(alike.First, isForward: true);

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
        HashSet<PhaseSet> found = [];
        PhaseSet last = PhaseSet.None;
        ReadOnlySpan<Dependency> dependencies = _graph.Dependencies;
        for (int i = 0; i < dependencies.Length; i++)
        {
            DependencyEnd dependent = dependencies[i].Dependent;
            DependencyEnd on = dependencies[i].On;
            if (dependent.IsSession || on.IsSession)
            {
                continue;
            }

            _isDocumentOrder &= on.Vertex(0) < dependent.Vertex(0);
            if (_phases[i] != last)
            {
                found.Add(last = _phases[i]);
            }
        }

        List<PhaseSet> groups = [];
        foreach (Phase phase in Phases.All)
        {
            int group = groups.FindIndex(
                known => !AreTold(found, known.First, phase));
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

    // Whether some set of phases that stands at a dependency tells two phases apart.
    private static bool AreTold(HashSet<PhaseSet> found, Phase left, Phase right)
    {
        foreach (PhaseSet bound in found)
        {
            if (bound.Contains(left) != bound.Contains(right))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBetweenObjects(int dependency)
    {
        ref readonly Dependency found = ref _graph.Dependencies[dependency];
        return !found.Dependent.IsSession && !found.On.IsSession;
    }

    // Takes away what nothing needs any more until nothing is left, or a cycle is.
    private bool IsAcyclic(Phase phase, CancellationToken cancellation)
    {
        const int cancellationInterval = 4096;
        ReadOnlySpan<Dependency> dependencies = _graph.Dependencies;
        int[] needing = new int[_graph.ObjectCount];
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (_phases[i].Contains(phase) && IsBetweenObjects(i))
            {
                needing[dependencies[i].On.Vertex(needing.Length)]++;
            }
        }

        int[] free = new int[needing.Length];
        int freed = 0;
        for (int id = 0; id < needing.Length; id++)
        {
            if (needing[id] == 0)
            {
                free[freed++] = id;
            }
        }

        for (int taken = 0; taken < freed; taken++)
        {
            if (taken % cancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            ObjectId dependent = new(free[taken]);
            int first = _graph.FirstDependencyOf(dependent);
            int behind = first + _graph.DependenciesOf(dependent).Length;
            for (int i = first; i < behind; i++)
            {
                DependencyEnd on = dependencies[i].On;
                if (_phases[i].Contains(phase) && !on.IsSession && --needing[on.Vertex(0)] == 0)
                {
                    free[freed++] = on.Vertex(0);
                }
            }
        }

        return freed == needing.Length;
    }

    private PrecedenceGraph RelationOf(Phase phase, bool isForward)
    {
        PrecedenceGraph relation = new(_graph.ObjectCount, _phases.Length);
        ReadOnlySpan<Dependency> dependencies = _graph.Dependencies;
        for (int i = 0; i < _phases.Length; i++)
        {
            if (_phases[i].Contains(phase) && IsBetweenObjects(i))
            {
                int dependent = dependencies[i].Dependent.ObjectId.Index;
                int on = dependencies[i].On.ObjectId.Index;
                ArcLabel label = ArcLabel.Of(i, phase, isForward);
                relation.AddArc(isForward ? on : dependent, isForward ? dependent : on, label);
            }
        }

        return relation;
    }
}
