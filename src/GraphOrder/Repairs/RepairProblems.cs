namespace GraphOrder;

/// <summary>One problem, and what its ids are in the whole set.</summary>
/// <param name="Problem">The problem; one for all parts that are alike.</param>
/// <param name="Objects">The objects in the whole set.</param>
/// <param name="Sessions">The sessions in the whole set.</param>
/// <param name="Dependencies">The dependencies in the whole graph.</param>
internal sealed record RepairPart(
    RepairProblem Problem, int[] Objects, int[] Sessions, int[] Dependencies);

/// <summary>Takes a set apart into what dependencies tie together.</summary>
internal sealed class RepairProblems
{
    private readonly DependencyGraph _graph;
    private readonly PhaseSet[] _phases;
    private readonly KernelPair _kernels;
    private readonly OrderLift _lift;
    private readonly Dictionary<RepairProblem, RepairProblem> _known = new(new Likeness());
    private readonly int[] _links;
    private readonly int[] _localOf;
    private readonly EmptiedSessions _emptied;
    private readonly bool[] _isHeld;

    private RepairProblems(
        DependencyGraph graph, PhaseSet[] phases, KernelPair kernels, EmptiedSessions emptied)
    {
        _graph = graph;
        _phases = phases;
        _kernels = kernels;
        _lift = new OrderLift(kernels);
        _links = new int[graph.VertexCount];
        _localOf = new int[graph.VertexCount];
        _emptied = emptied;
        _isHeld = new bool[graph.ObjectCount];
    }

    /// <summary>
    /// The parts in the order of their first vertices. O(V + E), but for a factor that is below five.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="phases">The phases in which each dependency binds.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="emptied">Which sessions go when they are empty.</param>
    public static List<RepairPart> Of(
        DependencyGraph graph, PhaseSet[] phases, KernelPair kernels, EmptiedSessions emptied)
    {
        RepairProblems problems = new(graph, phases, kernels, emptied);
        problems.Tie();
        problems.Hold();
        return problems.Parts();
    }

    private void Tie()
    {
        for (int vertex = 0; vertex < _links.Length; vertex++)
        {
            _links[vertex] = vertex;
        }

        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            // An act orders nothing by its session, and is a step of that session all the same.
            ObjectId id = new(i);
            if ((_graph.SessionOf(id) ?? _graph[id].Act?.Session) is { } session)
            {
                Join(i, _graph.VertexOf(session));
            }
        }

        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            Dependency dependency = _graph.Dependencies[i];
            if (!_phases[i].IsEmpty)
            {
                Join(_graph.VertexOf(dependency.Dependent), _graph.VertexOf(dependency.On));
            }
        }
    }

    // What the kernel has preserved stays where it is, and so does what preserved metadata names.
    private void Hold()
    {
        foreach (SessionEntry session in _graph.Set.Sessions)
        {
            foreach (ObjectId file in session.Preserved)
            {
                _isHeld[file.Index] = true;
            }
        }

        bool[] isPreserved = [.. _isHeld];
        foreach (ObjectReference described in _graph.Set.Describes)
        {
            if (_graph.FileOf(described.Owner) is { } metadata && isPreserved[metadata.Index]
                && _graph.FileOf(described.Id) is { } file)
            {
                _isHeld[file.Index] = true;
            }
        }
    }

    private List<RepairPart> Parts()
    {
        Dictionary<int, int> partOf = [];
        List<(List<int> Objects, List<int> Sessions, List<int> Dependencies)> members = [];
        for (int vertex = 0; vertex < _links.Length; vertex++)
        {
            int root = Root(vertex);
            if (!partOf.TryGetValue(root, out int part))
            {
                part = members.Count;
                partOf.Add(root, part);
                members.Add(([], [], []));
            }

            bool isObject = vertex < _graph.ObjectCount;
            List<int> own = isObject ? members[part].Objects : members[part].Sessions;
            _localOf[vertex] = own.Count;
            own.Add(isObject ? vertex : vertex - _graph.ObjectCount);
        }

        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            if (!_phases[i].IsEmpty)
            {
                int root = Root(_graph.VertexOf(_graph.Dependencies[i].Dependent));
                members[partOf[root]].Dependencies.Add(i);
            }
        }

        List<RepairPart> parts = [];
        foreach ((List<int> objects, List<int> sessions, List<int> dependencies) in members)
        {
            // One object that nothing ties to anything is no problem.
            if (dependencies.Count > 0)
            {
                RepairProblem problem = Problem(objects, sessions, dependencies);
                if (!_known.TryAdd(problem, problem))
                {
                    problem = _known[problem];
                }

                parts.Add(new RepairPart(
                    problem,
                    [.. objects],
                    [.. sessions],
                    [.. dependencies]));
            }
        }

        return parts;
    }

    private RepairProblem Problem(List<int> objects, List<int> sessions, List<int> dependencies) => new(
        _kernels,
        _lift,
        [.. sessions.Select(session => Local(_graph.Set.Sessions[session]))],
        [.. objects.Select(id => Local(_graph[new ObjectId(id)]))],
        [.. dependencies.Select(index => Local(_graph.Dependencies[index]))],
        [.. dependencies.Select(index => _phases[index])],
        [.. objects.Select(MayMove)],
        _emptied.Only([.. sessions]));

    private bool MayMove(int id) => _graph[new ObjectId(id)].Session is { } session
        && !_isHeld[id] && !_emptied.IsNamed(session.Index);

    private SessionEntry Local(SessionEntry entry) =>
        new(default) { Created = entry.Created, Preserved = [.. entry.Preserved.Select(Local)] };

    private PreservedObject Local(PreservedObject found) => new(
        found.Kind,
        found.Session is { } session ? new SessionId(_localOf[_graph.VertexOf(session)]) : null,
        found.Carrier is { } carrier ? Local(carrier) : null,
        facts: found.Act is { } act ? new ObjectFacts { Act = Local(act) } : null);

    // Whether it is late matters to a plan alone.
    private ActFacts Local(ActFacts act) =>
        new(new SessionId(_localOf[_graph.VertexOf(act.Session)]), act.Phase);

    private Dependency Local(Dependency dependency) => dependency with
    {
        Dependent = Local(dependency.Dependent),
        On = Local(dependency.On),
    };

    private DependencyEnd Local(DependencyEnd end) => end.IsSession
        ? new SessionId(_localOf[_graph.VertexOf(end)])
        : Local(end.ObjectId);

    private ObjectId Local(ObjectId id) => new(_localOf[id.Index]);

    private void Join(int left, int right)
    {
        int first = Root(left);
        int second = Root(right);
        _links[Math.Max(first, second)] = Math.Min(first, second);
    }

    // Paths are halved on the way.
    private int Root(int vertex)
    {
        while (_links[vertex] != vertex)
        {
            _links[vertex] = _links[_links[vertex]];
            vertex = _links[vertex];
        }

        return vertex;
    }

    private sealed class Likeness : IEqualityComparer<RepairProblem>
    {
        public bool Equals(RepairProblem? x, RepairProblem? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x.IsLike(y));

        public int GetHashCode(RepairProblem obj) => obj.LikenessHash();
    }
}
