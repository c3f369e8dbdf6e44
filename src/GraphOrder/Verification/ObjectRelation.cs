namespace GraphOrder;

/// <summary>
/// The dependencies of one phase between objects, walked depth first with a stack of its own: it finds a
/// cycle that the phase stumbles over, and otherwise the kernel-moved objects in an order in which what
/// they need comes first.
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
    private readonly List<int> _finished;
    private readonly Dependency? _hindering;

    public ObjectRelation(DependencyGraph graph, PhaseSet[] binding, PhaseRule rule)
    {
        _graph = graph;
        _binding = binding;
        _phase = rule.Phase;
        _finished = new List<int>(graph.ObjectCount);
        Dependency? closing = Walk();
        _hindering = closing is null || rule.Unit == StepUnit.Everything ? null
            : rule.Unit == StepUnit.Session ? FindBeyondOneSession()
            : closing;
    }

    /// <summary>The kernel-moved objects, needed ones first; only where no cycle hinders.</summary>
    public IReadOnlyList<int> KernelMoved => _kernelMoved;

    /// <summary>
    /// A dependency of a cycle that the phase cannot run, where there is one. What moves together does not
    /// stumble over a cycle inside itself.
    /// </summary>
    public bool TryFindCycle(out Dependency found)
    {
        found = _hindering ?? default;
        return _hindering is not null;
    }

    // The first dependency that closes a cycle; walks on to the end in any case.
    private Dependency? Walk()
    {
        Dependency? closing = null;
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
                int count = _graph.DependenciesOf(new ObjectId(id)).Length;
                if (nexts[id] == count)
                {
                    open.Pop();
                    marks[id] = Mark.Done;
                    Finish(id);
                    continue;
                }

                int index = _graph.FirstDependencyOf(new ObjectId(id)) + nexts[id]++;
                Dependency dependency = _graph.Dependencies[index];
                if (!IsBinding(index))
                {
                    continue;
                }

                int on = dependency.On.ObjectId.Index;
                if (marks[on] == Mark.Open)
                {
                    closing ??= dependency;
                }
                else if (marks[on] == Mark.Unseen)
                {
                    marks[on] = Mark.Open;
                    open.Push(on);
                }
            }
        }

        return closing;
    }

    private void Finish(int id)
    {
        _finished.Add(id);
        if (_graph[new ObjectId(id)].IsMovedByKernel)
        {
            _kernelMoved.Add(id);
        }
    }

    private bool IsBinding(int dependency)
    {
        Dependency found = _graph.Dependencies[dependency];
        return _binding[dependency].Contains(_phase) && !found.Dependent.IsSession && !found.On.IsSession;
    }

    // Kosaraju's second walk: from the last finished, against the dependencies, one component at a time.
    // The first dependency inside a component whose ends do not lie in one session.
    private Dependency? FindBeyondOneSession()
    {
        int[] componentOf = new int[_graph.ObjectCount];
        Array.Fill(componentOf, -1);
        Stack<int> open = new();
        for (int i = _finished.Count - 1; i >= 0; i--)
        {
            int root = _finished[i];
            if (componentOf[root] >= 0)
            {
                continue;
            }

            componentOf[root] = root;
            open.Push(root);
            while (open.TryPop(out int id))
            {
                foreach (int dependency in _graph.DependentsOf(new ObjectId(id)))
                {
                    if (IsBinding(dependency)
                        && _graph.Dependencies[dependency].Dependent.ObjectId.Index is var dependent
                        && componentOf[dependent] < 0)
                    {
                        componentOf[dependent] = root;
                        open.Push(dependent);
                    }
                }
            }
        }

        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            if (IsBinding(i)
                && _graph.Dependencies[i] is var found
                && componentOf[found.Dependent.ObjectId.Index] == componentOf[found.On.ObjectId.Index]
                && (_graph.SessionOf(found.Dependent.ObjectId) is not { } session
                    || _graph.SessionOf(found.On.ObjectId) != session))
            {
                return found;
            }
        }

        return null;
    }
}
