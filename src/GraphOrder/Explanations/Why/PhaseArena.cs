using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The order that decides which of two ends goes first in a phase: a named order of sessions, files or
/// objects, or the bare relation between objects where the kernel moves an end by itself. Immutable.
/// </summary>
internal sealed class PhaseArena
{
    private const int NoOrder = -1;

    private readonly ExplainedGraph _owner;
    private readonly int _order;

    public PhaseArena(ExplainedGraph owner, Phase phase, PrecedenceGraph relation)
    {
        _owner = owner;
        _order = NoOrder;
        Phase = phase;
        Graph = relation;
        Level = CycleLevel.Objects;
        IsBackward = !phase.NeededGoesFirst();
    }

    public PhaseArena(ExplainedGraph owner, Phase phase, OrderUse use)
    {
        _owner = owner;
        _order = use.Order;
        Phase = phase;
        Graph = owner.Orders.ConstraintsOf(use.Order);
        Level = owner.Lift.Orders[use.Order].Unit switch
        {
            OrderUnit.Sessions => CycleLevel.Sessions,
            OrderUnit.Files => CycleLevel.Files,
            _ => CycleLevel.Movable,
        };
        IsBackward = use.IsForward != phase.NeededGoesFirst();
    }

    public Phase Phase { get; }

    public PrecedenceGraph Graph { get; }

    public CycleLevel Level { get; }

    /// <summary>Whether the phase runs through the order from its end to its beginning.</summary>
    public bool IsBackward { get; }

    /// <summary>The vertices that stand for an end: several for a session among files or objects.</summary>
    public int[] VerticesOf(DependencyEnd end)
    {
        FileLayout layout = _owner.Layout;
        if (_owner.IsAct(end) && _order != NoOrder)
        {
            return [_owner.Acts.VertexOf(end.ObjectId.Index)];
        }

        switch (Level)
        {
            case CycleLevel.Sessions:
                return [end.IsSession ? end.SessionId.Index : layout.SessionOf(end.ObjectId.Index)];
            case CycleLevel.Files when !end.IsSession:
                return [layout.FileOf(end.ObjectId.Index)];
            case CycleLevel.Files:
                return [.. Enumerable.Range(0, layout.Files.Length).Where(
                    file => layout.SessionOfFile[file] == end.SessionId.Index)];
            case CycleLevel.Movable when !end.IsSession:
                return [layout.MovableOf(end.ObjectId.Index)];
            case CycleLevel.Movable:
                return [.. Enumerable.Range(0, layout.Movable.Length).Where(
                    step => layout.SessionOf(layout.Movable[step].Index) == end.SessionId.Index)];
            default:
                return Objects(end);
        }
    }

    /// <summary>The session, file, object or act of a vertex.</summary>
    public DependencyEnd EndOf(int vertex) => Level switch
    {
        CycleLevel.Sessions or CycleLevel.Files or CycleLevel.Movable
            when _owner.Acts.TryFind(_order, vertex, out ObjectId act) => act,
        CycleLevel.Sessions => new SessionId(vertex),
        CycleLevel.Files => _owner.Layout.Files[vertex],
        CycleLevel.Movable => _owner.Layout.Movable[vertex],
        _ => new ObjectId(vertex),
    };

    /// <summary>Tells a walk of this order as the phase runs through it.</summary>
    public ImmutableArray<CycleStep> Tell(WalkArc[] walk)
    {
        WalkArc[] told = Array.ConvertAll(walk, arc => arc with { Label = AsTold(arc.Label) });
        CycleTeller teller = new(_owner.Graph, _owner.Layout, _owner.Acts, Level, _order, told);
        return teller.TellChain(arc => RuleOf(arc.Label), IsBackward);
    }

    /// <summary>The phases by which a dependency stands in this order as an arc has it.</summary>
    public PhaseSet PhasesOf(ArcLabel label) =>
        _order == NoOrder ? PhaseSet.Of(Phase) : _owner.Rules.PhasesOf(_order, label);

    // The phase that was asked about where the dependency binds in it; else the first that says so.
    private ArcLabel AsTold(ArcLabel label) => label.IsDependency && PhasesOf(label).Contains(Phase)
        ? ArcLabel.Of(label.Dependency, Phase, label.IsForward)
        : label;

    private CycleRule RuleOf(ArcLabel label) =>
        _order != NoOrder ? _owner.Rules.RuleOf(_order, label)
        : Phase.NeededGoesFirst() ? CycleRule.NeededFirst
        : CycleRule.NeedingFirst;

    // What a file carries can stand for it where only objects are ordered.
    private int[] Objects(DependencyEnd end) =>
        !end.IsSession && !_owner.Graph[end.ObjectId].IsFile ? [end.ObjectId.Index]
        :
        [
            .. Enumerable.Range(0, _owner.Graph.ObjectCount).Where(id => end.IsSession
                ? _owner.Layout.SessionOf(id) == end.SessionId.Index
                : _owner.Graph.FileOf(new ObjectId(id)) == end.ObjectId),
        ];
}
