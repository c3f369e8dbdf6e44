using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Finds dependencies that are violated already: what is needed is gone, and what needs it may still write
/// there.
/// </summary>
/// <remarks>
/// O(V + E): of all that reach one of the kernel's own objects two are kept, of different steps, so that one
/// is left for whatever is in the step of the other.
/// </remarks>
internal sealed class BrokenDependencies
{
    private readonly DependencyGraph _graph;
    private readonly PhaseSet[] _binding;
    private readonly TakingUnits _units;
    private readonly Func<ObjectId, bool> _mayWrite;
    private readonly Func<DependencyEnd, bool> _isGone;
    private readonly bool[] _mayWriteIn;
    private readonly List<(DependencyEnd Dependent, int Step, int By)>[] _reaching;

    /// <summary>Prepares the search.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="binding">The phases in which each dependency binds.</param>
    /// <param name="units">What moves as one in finish.</param>
    /// <param name="mayWrite">Whether an object that moves by itself may still write.</param>
    /// <param name="isGone">Whether an end is gone.</param>
    public BrokenDependencies(
        DependencyGraph graph,
        PhaseSet[] binding,
        TakingUnits units,
        Func<ObjectId, bool> mayWrite,
        Func<DependencyEnd, bool> isGone)
    {
        _graph = graph;
        _binding = binding;
        _units = units;
        _mayWrite = mayWrite;
        _isGone = isGone;
        _mayWriteIn = new bool[graph.SessionCount];
        _reaching = new List<(DependencyEnd, int, int)>[graph.ObjectCount];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph.SessionOf(new ObjectId(i)) is { } session)
            {
                _mayWriteIn[session.Index] |= mayWrite(new ObjectId(i));
            }
        }
    }

    /// <summary>
    /// For each file that may write, and each object that is gone, the first one in document order.
    /// </summary>
    public ImmutableArray<UnmetDependency> Find()
    {
        Spread();
        ImmutableArray<UnmetDependency>.Builder broken = ImmutableArray.CreateBuilder<UnmetDependency>();
        HashSet<(int Step, DependencyEnd On)> told = [];
        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            Dependency found = _graph.Dependencies[i];
            if (!_binding[i].Contains(Phase.Finish) || IsKernels(found.On) || !_isGone(found.On))
            {
                continue;
            }

            int own = StepOf(found.On);
            foreach ((DependencyEnd dependent, int step, _) in Reaching(found.Dependent))
            {
                if (step != own && told.Add((step, found.On)))
                {
                    broken.Add(new UnmetDependency(
                        dependent, found.On, PathFrom(found.Dependent, step), Phase.Finish));
                }
            }
        }

        return broken.ToImmutable();
    }

    // From what may write to all of the kernel's own objects that it needs, directly or through others.
    private void Spread()
    {
        Queue<int> changed = [];
        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            Dependency found = _graph.Dependencies[i];
            if (_binding[i].Contains(Phase.Finish) && IsKernels(found.On) && !IsKernels(found.Dependent))
            {
                foreach ((DependencyEnd dependent, int step, _) in Reaching(found.Dependent))
                {
                    Add(found.On.ObjectId.Index, (dependent, step, -1), changed);
                }
            }
        }

        while (changed.TryDequeue(out int id))
        {
            int first = _graph.FirstDependencyOf(new ObjectId(id));
            for (int i = first; i < first + _graph.DependenciesOf(new ObjectId(id)).Length; i++)
            {
                if (_binding[i].Contains(Phase.Finish) && IsKernels(_graph.Dependencies[i].On))
                {
                    foreach ((DependencyEnd dependent, int step, _) in _reaching[id].ToArray())
                    {
                        Add(_graph.Dependencies[i].On.ObjectId.Index, (dependent, step, id), changed);
                    }
                }
            }
        }
    }

    private void Add(int id, (DependencyEnd Dependent, int Step, int By) reaching, Queue<int> changed)
    {
        List<(DependencyEnd Dependent, int Step, int By)> known = _reaching[id] ??= [];
        if (known.Count < 2 && !known.Exists(each => each.Step == reaching.Step))
        {
            known.Add(reaching);
            changed.Enqueue(id);
        }
    }

    private List<(DependencyEnd Dependent, int Step, int By)> Reaching(DependencyEnd end) =>
        IsKernels(end) ? _reaching[end.ObjectId.Index] ?? []
        : (end.IsSession ? _mayWriteIn[end.SessionId.Index] : _mayWrite(end.ObjectId))
            ? [(end, StepOf(end), -1)]
            : [];

    // The kernel's own objects from what may write to the end, in this order.
    private ImmutableArray<ObjectId> PathFrom(DependencyEnd last, int step)
    {
        List<ObjectId> path = [];
        int id = IsKernels(last) ? last.ObjectId.Index : -1;
        while (id >= 0)
        {
            path.Add(new ObjectId(id));
            id = _reaching[id].Find(each => each.Step == step).By;
        }

        path.Reverse();
        return [.. path];
    }

    // Or an act, which hands on what needs it in the same way.
    private bool IsKernels(DependencyEnd end) => !end.IsSession && _graph.FileOf(end.ObjectId) is null;

    private int StepOf(DependencyEnd end) =>
        end.IsSession ? _graph.ObjectCount + end.SessionId.Index : _units.StepOf(end.ObjectId);
}
