using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// The relation of each phase between objects alone, without files or sessions: whether it is acyclic, and
/// the order in which what a file carries moves. Phases with the same relation share one answer. It stands
/// for one graph until it reads another one.
/// </summary>
internal sealed class ObjectOrders
{
    private readonly OrderScratch _scratch;
    private readonly List<PhaseSet> _alike = [];
    private readonly PrecedenceOrder[] _orders = new PrecedenceOrder[Phases.Count];
    private readonly PrecedenceOrder?[] _solved = new PrecedenceOrder?[2 * Phases.Count];
    private readonly PrecedenceGraph?[] _relations = new PrecedenceGraph?[Phases.Count];
    private readonly bool[] _hasRelation = new bool[Phases.Count];
    private readonly PrecedenceGraph _reversed = new();
    private DependencyGraph _graph = null!;
    private PhaseSet[] _phases = [];

    /// <param name="scratch">What orders that are solved one after another share.</param>
    public ObjectOrders(OrderScratch scratch) => _scratch = scratch;

    /// <summary>Orders the objects of a graph; what stood here before is forgotten.</summary>
    /// <param name="ground">The graph, and the phases in which its dependencies bind.</param>
    /// <param name="needsBothWays">Whether somebody asks for the orders, and not only for cycles.</param>
    /// <param name="cancellation">As for planning.</param>
    public void Read(PlanGround ground, bool needsBothWays, CancellationToken cancellation)
    {
        _graph = ground.Graph;
        _phases = ground.Phases;
        Array.Clear(_hasRelation);
        FindAlike(ground.Lifted.BoundBetweenObjects);
        foreach (PhaseSet alike in _alike)
        {
            // Where nobody asks for the order, and there is one, its relation is never made. A document that
            // names what is needed first shows one itself.
            bool isPossible = !needsBothWays
                && (ground.Lifted.IsDocumentOrder || IsAcyclic(alike.First, cancellation));
            PrecedenceOrder order = isPossible
                ? PrecedenceOrder.Possible
                : Solved((int)alike.First, Relation(alike), cancellation);
            PrecedenceOrder reversed = needsBothWays && order.IsPossible && NeedsReversed(alike)
                ? Solved(Phases.Count + (int)alike.First, Reversed(alike.First), cancellation)
                : order;
            foreach (Phase phase in alike)
            {
                _orders[(int)phase] = phase.NeededGoesFirst() ? order : reversed;
            }
        }
    }

    /// <summary>The phases, those that share one relation together.</summary>
    public ReadOnlySpan<PhaseSet> Alike => CollectionsMarshal.AsSpan(_alike);

    /// <summary>The relation that phases share; the needed object goes first in it.</summary>
    /// <param name="alike">One of <see cref="Alike"/>.</param>
    public PrecedenceGraph Relation(PhaseSet alike)
    {
        int first = (int)alike.First;
        PrecedenceGraph relation = _relations[first] ??= new PrecedenceGraph();
        if (!_hasRelation[first])
        {
            AddRelation(relation, alike.First, isForward: true);
            _hasRelation[first] = true;
        }

        return relation;
    }

    /// <summary>
    /// The order of objects in a phase, as the phase runs; only where both ways were asked for.
    /// </summary>
    public PrecedenceOrder this[Phase phase] => _orders[(int)phase];

    private PrecedenceOrder Solved(int place, PrecedenceGraph relation, CancellationToken cancellation)
    {
        PrecedenceOrder order = _solved[place] ??= new PrecedenceOrder(_scratch);
        order.Solve(relation, cancellation);
        return order;
    }

    private PrecedenceGraph Reversed(Phase phase)
    {
        AddRelation(_reversed, phase, isForward: false);
        return _reversed;
    }

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

    private void FindAlike(BoundPhases bound)
    {
        _alike.Clear();
        foreach (Phase phase in Phases.All)
        {
            Phase first = bound.FirstLike(phase);
            if (first == phase)
            {
                _alike.Add(PhaseSet.Of(phase));
                continue;
            }

            foreach (ref PhaseSet alike in CollectionsMarshal.AsSpan(_alike))
            {
                alike = alike.First == first ? alike.With(phase) : alike;
            }
        }
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
        int count = _graph.ObjectCount;
        Span<int> cells = _scratch.Cells(2 * count);
        Span<int> needing = cells[..count];
        Span<int> free = cells[count..];
        needing.Clear();
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (_phases[i].Contains(phase) && IsBetweenObjects(i))
            {
                needing[dependencies[i].On.Vertex(needing.Length)]++;
            }
        }

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

    private void AddRelation(PrecedenceGraph relation, Phase phase, bool isForward)
    {
        ReadOnlySpan<Dependency> dependencies = _graph.Dependencies;
        relation.Begin(_graph.ObjectCount, dependencies.Length);
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (_phases[i].Contains(phase) && IsBetweenObjects(i))
            {
                int dependent = dependencies[i].Dependent.ObjectId.Index;
                int on = dependencies[i].On.ObjectId.Index;
                ArcLabel label = ArcLabel.Of(i, phase, isForward);
                relation.AddArc(isForward ? on : dependent, isForward ? dependent : on, label);
            }
        }
    }
}
