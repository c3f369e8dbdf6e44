using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What the vertices of a walk are.</summary>
internal enum CycleLevel : byte
{
    /// <summary>Objects.</summary>
    Objects,

    /// <summary>Files, told in objects and joined by files.</summary>
    Files,

    /// <summary>Sessions, told in objects and joined by sessions.</summary>
    Sessions,

    /// <summary>Objects that have a step of their own, counted without those that the kernel moves.</summary>
    Movable,
}

/// <summary>
/// Tells a closed walk of any level in objects: one step a dependency, joined by the file or session where
/// a step does not begin at the object at which the last one ended.
/// </summary>
internal sealed class CycleTeller
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly ActPlaces _acts;
    private readonly CycleLevel _level;
    private readonly int _order;
    private readonly WalkArc[] _walk;

    /// <param name="graph">The names.</param>
    /// <param name="layout">Files and sessions.</param>
    /// <param name="acts">The acts.</param>
    /// <param name="level">What the vertices are.</param>
    /// <param name="order">The named order that the walk is of; -1 for the objects alone.</param>
    /// <param name="walk">The walk.</param>
    public CycleTeller(
        DependencyGraph graph, FileLayout layout, ActPlaces acts, CycleLevel level, int order, WalkArc[] walk)
    {
        _graph = graph;
        _layout = layout;
        _acts = acts;
        _level = level;
        _order = order;
        _walk = walk;
    }

    /// <summary>
    /// The steps of a closed walk, beginning at the object that stands first in the document.
    /// </summary>
    public ImmutableArray<CycleStep> Tell(Func<WalkArc, CycleRule> ruleOf)
    {
        (List<CycleStep> steps, List<(DependencyEnd First, DependencyEnd Then)> ends) = Steps(ruleOf);
        int earliest = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            int next = (i + 1) % steps.Count;
            steps[i] = Joined(steps[i], ends[i].Then, ends[next].First);
            earliest = _graph.VertexOf(ends[i].First) < _graph.VertexOf(ends[earliest].First) ? i : earliest;
        }

        return [.. steps[earliest..], .. steps[..earliest]];
    }

    /// <summary>The steps of an open walk, from its beginning to its end.</summary>
    /// <param name="ruleOf">The rule of each arc.</param>
    /// <param name="isBackward">
    /// Whether the phase that is told runs through the order from its end to its beginning.
    /// </param>
    public ImmutableArray<CycleStep> TellChain(Func<WalkArc, CycleRule> ruleOf, bool isBackward)
    {
        (List<CycleStep> steps, List<(DependencyEnd First, DependencyEnd Then)> ends) = Steps(ruleOf);
        if (isBackward)
        {
            steps.Reverse();
            ends.Reverse();
            for (int i = 0; i < steps.Count; i++)
            {
                ends[i] = (ends[i].Then, ends[i].First);
                steps[i] = steps[i] with { First = steps[i].Then, Then = steps[i].First };
            }
        }

        for (int i = 0; i + 1 < steps.Count; i++)
        {
            steps[i] = Joined(steps[i], ends[i].Then, ends[i + 1].First);
        }

        return [.. steps];
    }

    /// <summary>Whether the walk of a named order runs through an act.</summary>
    public bool HasActs()
    {
        foreach (WalkArc arc in _walk)
        {
            if (_acts.TryFind(_order, arc.First, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The files or sessions that the walk runs through, in document order, and its acts.</summary>
    public ImmutableArray<string> StepNames()
    {
        SortedSet<int> steps = [];
        foreach (WalkArc arc in _walk)
        {
            if (IsStepVertex(arc.First))
            {
                steps.Add(arc.First);
            }
        }

        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(steps.Count);
        foreach (int step in steps)
        {
            DependencyEnd end = VertexEnd(step);
            names.Add(end.IsSession ? _graph.Set.NameOf(end.SessionId) : Name(end));
        }

        return names.MoveToImmutable();
    }

    /// <summary>
    /// The sessions whose fixed beginning the walk runs through: what may be closed and started again.
    /// </summary>
    public ImmutableArray<string> SessionsWithBeginning()
    {
        SortedSet<int> sessions = [];
        for (int i = 0; i < _walk.Length; i++)
        {
            if (_walk[i].Label.IsFixed)
            {
                DependencyEnd first = EndsOf(i).First;
                sessions.Add(
                    first.IsSession ? first.SessionId.Index : _layout.SessionOf(first.ObjectId.Index));
            }
        }

        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(sessions.Count);
        foreach (int session in sessions)
        {
            names.Add(_graph.Set.NameOf(new SessionId(session)));
        }

        return names.MoveToImmutable();
    }

    private (List<CycleStep> Steps, List<(DependencyEnd First, DependencyEnd Then)> Ends) Steps(
        Func<WalkArc, CycleRule> ruleOf)
    {
        List<CycleStep> steps = [];
        List<(DependencyEnd First, DependencyEnd Then)> ends = [];
        for (int i = 0; i < _walk.Length; i++)
        {
            WalkArc arc = _walk[i];
            if (arc.Label.IsMembership)
            {
                continue;
            }

            (DependencyEnd first, DependencyEnd then) = EndsOf(i);
            Dependency? dependency =
                arc.Label.IsDependency ? _graph.Dependencies[arc.Label.Dependency] : null;
            ends.Add((first, then));
            steps.Add(new CycleStep(
                Name(first),
                Name(then),
                dependency is null ? Phase.Preserve : arc.Label.Phase,
                dependency is { } told ? Name(told.Dependent) : "",
                dependency is { } toldToo ? Name(toldToo.On) : "",
                dependency?.Origin.DeclaredBy,
                dependency?.Origin.Why,
                dependency?.Origin.Location ?? default,
                ruleOf(arc),
                null));
        }

        return (steps, ends);
    }

    private CycleStep Joined(CycleStep step, DependencyEnd then, DependencyEnd next) =>
        then == next ? step : step with { JoinedBy = JoinOf(then) };

    private (DependencyEnd First, DependencyEnd Then) EndsOf(int index)
    {
        WalkArc arc = _walk[index];
        if (!arc.Label.IsDependency)
        {
            WalkArc previous = _walk[(index + _walk.Length - 1) % _walk.Length];
            return (VertexEnd(IsStepVertex(arc.First) ? arc.First : previous.First), VertexEnd(arc.Then));
        }

        Dependency dependency = _graph.Dependencies[arc.Label.Dependency];
        bool isForward = arc.Label.IsForward;
        DependencyEnd first = isForward ? dependency.On : dependency.Dependent;
        DependencyEnd then = isForward ? dependency.Dependent : dependency.On;
        return (Member(first, index, -1), Member(then, index, +1));
    }

    // In an order of files or objects a whole session stands for the one through which the walk enters or
    // leaves it.
    private DependencyEnd Member(DependencyEnd end, int index, int direction)
    {
        if (!end.IsSession || _level is not (CycleLevel.Files or CycleLevel.Movable))
        {
            return end;
        }

        WalkArc beside = _walk[(index + direction + _walk.Length) % _walk.Length];
        return VertexEnd(direction < 0 ? beside.First : beside.Then);
    }

    // Asked of named orders alone: a walk of objects has no fixed arc and no step.
    private bool IsStepVertex(int vertex) => vertex < _acts.StepCount(_order);

    private DependencyEnd VertexEnd(int vertex) => _level switch
    {
        _ when _order >= 0 && _acts.TryFind(_order, vertex, out ObjectId act) => act,
        CycleLevel.Objects => new ObjectId(vertex),
        CycleLevel.Files => _layout.Files[vertex],
        CycleLevel.Movable => _layout.Movable[vertex],
        _ => new SessionId(vertex),
    };

    private string? JoinOf(DependencyEnd then) =>
        then.IsSession ? Name(then)
        : _level == CycleLevel.Files && _graph.FileOf(then.ObjectId) is { } file ? Name(file)
        : _graph.SessionOf(then.ObjectId) is { } session ? _graph.Set.NameOf(session)
        : null;

    private string Name(DependencyEnd end) => _graph.Set.NameOf(end);
}
