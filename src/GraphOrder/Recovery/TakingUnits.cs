namespace GraphOrder;

/// <summary>
/// What one act of ours moves in a phase, as the phase's rule has it: an object, a file, a session with all
/// that is in it, or everything. Immutable.
/// </summary>
internal sealed class TakingUnits
{
    private readonly DependencyGraph _graph;
    private readonly StepUnit _act;

    /// <summary>The acts of a phase.</summary>
    public TakingUnits(DependencyGraph graph, PhaseRule rule)
    {
        _graph = graph;
        _act = rule.Unit is StepUnit.File && !rule.Between.IsInterleaved ? StepUnit.Session : rule.Unit;
        MovesObjects = rule.Unit == StepUnit.Object;
        Count = _act switch
        {
            StepUnit.Session => graph.SessionCount,
            StepUnit.Everything => 1,
            _ => graph.ObjectCount,
        };
    }

    /// <summary>How many numbers acts have; not each of them is one.</summary>
    public int Count { get; }

    /// <summary>Whether an act takes whole sessions.</summary>
    public bool TakesSessions => _act is StepUnit.Session or StepUnit.Everything;

    /// <summary>Whether one act takes everything.</summary>
    public bool TakesEverything => _act == StepUnit.Everything;

    /// <summary>Whether objects in a file move without it.</summary>
    public bool MovesObjects { get; }

    /// <summary>The act that moves an object; -1 where the kernel moves it.</summary>
    public int Of(ObjectId id) => _graph.FileOf(id) is not { } file ? -1 : _act switch
    {
        StepUnit.Object => id.Index,
        StepUnit.File => file.Index,
        StepUnit.Session => _graph[file].Session!.Value.Index,
        _ => 0,
    };

    /// <summary>The act that takes a session, where acts do.</summary>
    public int Of(SessionId session) => _act == StepUnit.Session ? session.Index : 0;

    /// <summary>What moves as one: two objects of one step are not ordered. An object's file, or itself.
    /// </summary>
    public int StepOf(ObjectId id) => MovesObjects ? id.Index : (_graph.FileOf(id) ?? id).Index;
}
