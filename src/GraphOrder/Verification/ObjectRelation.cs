namespace GraphOrder;

/// <summary>
/// The dependencies of one phase between objects, walked depth first with a stack of its own: it finds a
/// cycle, and otherwise the kernel-moved objects in an order in which what they need comes first.
/// </summary>
internal sealed class ObjectRelation
{
    private enum Mark : byte
    {
        Unseen,
        Open,
        Done,
    }

    private readonly DependencyGraph _graph;
    private readonly PhaseSet[] _binding;
    private readonly Phase _phase;
    private readonly List<int> _kernelMoved = [];
    private readonly Dependency? _closing;

    public ObjectRelation(DependencyGraph graph, PhaseSet[] binding, Phase phase)
    {
        _graph = graph;
        _binding = binding;
        _phase = phase;
        _closing = Walk();
    }

    /// <summary>The kernel-moved objects, needed ones first; only where there is no cycle.</summary>
    public IReadOnlyList<int> KernelMoved => _kernelMoved;

    /// <summary>A dependency that closes a cycle, where one does.</summary>
    public bool TryFindCycle(out Dependency closing)
    {
        closing = _closing ?? default;
        return _closing is not null;
    }

    private Dependency? Walk()
    {
        Mark[] marks = new Mark[_graph.ObjectCount];
        int[] nexts = new int[_graph.ObjectCount];
        Stack<int> open = new();
        for (int root = 0; root < marks.Length; root++)
        {
            if (marks[root] != Mark.Unseen)
            {
                continue;
            }

            open.Push(root);
            marks[root] = Mark.Open;
            while (open.TryPeek(out int id))
            {
                int first = _graph.FirstDependencyOf(new ObjectId(id));
                int count = _graph.DependenciesOf(new ObjectId(id)).Length;
                if (nexts[id] == count)
                {
                    open.Pop();
                    marks[id] = Mark.Done;
                    if (_graph[new ObjectId(id)].IsMovedByKernel)
                    {
                        _kernelMoved.Add(id);
                    }

                    continue;
                }

                int index = first + nexts[id]++;
                Dependency dependency = _graph.Dependencies[index];
                if (!_binding[index].Contains(_phase) || dependency.On.IsSession)
                {
                    continue;
                }

                int on = dependency.On.ObjectId.Index;
                if (marks[on] == Mark.Open)
                {
                    return dependency;
                }

                if (marks[on] == Mark.Unseen)
                {
                    marks[on] = Mark.Open;
                    open.Push(on);
                }
            }
        }

        return null;
    }
}
