namespace GraphOrder;

/// <summary>Finds what stands in the way of an order: one obstacle for each strong component.</summary>
internal sealed class ObstacleFinder
{
    // Short walks leave fewer ways to branch, but a walk that is merely short will do.
    private const long ExactWalkMax = 1_000_000;

    private readonly RepairProblem _problem;
    private readonly DependencyGraph _graph;
    private readonly OrderLift _lift;
    private readonly PhaseSet[] _phases;
    private readonly FileLayout _layout;

    public ObstacleFinder(RepairProblem problem, DependencyGraph graph, OrderLift lift, PhaseSet[] phases)
    {
        _problem = problem;
        _graph = graph;
        _lift = lift;
        _phases = phases;
        _layout = new FileLayout(graph);
    }

    /// <summary>The obstacles. O(V + E), and some more for each strong component.</summary>
    public List<Obstacle> Find(CancellationToken cancellation)
    {
        List<Obstacle> obstacles = [];
        foreach (Contradiction found in Contradictions(cancellation))
        {
            WalkArc[] walk = found.Crossing is { } crossing
                ? CrossingWalk.Find(found.Graph, found.Component, crossing)
                : ShortestWalk.Find(found.Graph, found.Component, false, out _, cancellation, ExactWalkMax);
            obstacles.Add(ObstacleOf(walk, found));
        }

        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            Dependency dependency = _graph.Dependencies[i];
            if (PresenceAcceptance.DemandsOneSession(_graph, _problem.Kernels, dependency)
                && SessionOf(dependency.Dependent) is var own and >= 0
                && SessionOf(dependency.On) is var other and >= 0
                && own != other)
            {
                HashSet<int> files = [];
                AddFile(dependency.Dependent, files);
                AddFile(dependency.On, files);
                obstacles.Add(new Obstacle(Sorted(files), Sorted([own, other]), [])
                {
                    Through = [dependency.Dependent.ObjectId.Index, dependency.On.ObjectId.Index],
                });
            }
        }

        return obstacles;
    }

    /// <summary>The strong components of objects and of every named order.</summary>
    public List<Contradiction> Contradictions(CancellationToken cancellation)
    {
        List<Contradiction> found = [];
        ObjectOrders objects = new(new OrderScratch());
        PlanGround ground = PlanGround.Of(_graph, _phases, cancellation);
        objects.Read(ground, needsBothWays: false, cancellation);
        foreach (PhaseSet alike in objects.Alike)
        {
            foreach (int[] component in objects[alike.First].Contradictions)
            {
                AddObjects(found, alike, objects.Relation(alike), component);
            }
        }

        SolvedOrders orders = SolvedOrders.Of(ground, _lift, cancellation);
        for (int order = 0; order < _lift.Orders.Length; order++)
        {
            foreach (int[] component in orders[order].Contradictions)
            {
                found.Add(new Contradiction(orders.ConstraintsOf(order), component, false, null));
            }
        }

        return found;
    }

    // A cycle of objects is none where a phase moves all of it together.
    private void AddObjects(
        List<Contradiction> found, PhaseSet alike, PrecedenceGraph relation, int[] component)
    {
        bool isOneByOne = false;
        bool isBySession = false;
        foreach (Phase phase in alike)
        {
            StepUnit unit = _problem.Kernels[phase].Unit;
            isOneByOne |= unit is StepUnit.Object or StepUnit.File;
            isBySession |= unit == StepUnit.Session;
        }

        if (isOneByOne)
        {
            found.Add(new Contradiction(relation, component, true, null));
            return;
        }

        // What the kernel moves is in no session: a walk through it crosses too.
        int session = _layout.SessionOf(component[0]);
        int crossing = session < 0 ? 1 : Array.FindIndex(component, id => _layout.SessionOf(id) != session);
        if (isBySession && crossing >= 0)
        {
            found.Add(new Contradiction(relation, component, true, component[crossing]));
        }
    }

    private Obstacle ObstacleOf(WalkArc[] walk, Contradiction found)
    {
        // Objects that must go one by one wait for one another wherever their files are.
        bool isTogether = found.Crossing is not null;
        bool isStuck = found.IsOfObjects && !isTogether;
        HashSet<int> files = [];
        HashSet<int> sessions = [];
        HashSet<int> soft = [];
        List<int> through = [];
        HashSet<int> told = [];
        bool hasKernelMoved = false;
        foreach (WalkArc arc in walk)
        {
            if (!arc.Label.IsDependency)
            {
                continue;
            }

            Dependency dependency = _graph.Dependencies[arc.Label.Dependency];
            _ = _problem.IsSoft(arc.Label.Dependency) && soft.Add(arc.Label.Dependency);
            foreach (DependencyEnd end in (ReadOnlySpan<DependencyEnd>)[dependency.Dependent, dependency.On])
            {
                hasKernelMoved |= SessionOf(end) < 0;
                if (!end.IsSession && told.Add(end.ObjectId.Index))
                {
                    through.Add(end.ObjectId.Index);
                }

                if (isTogether || (!isStuck && _problem.HangsOnSessions(arc.Label.Phase)))
                {
                    AddFile(end, files);
                    _ = SessionOf(end) is var session and >= 0 && sessions.Add(session);
                }
            }
        }

        // What the kernel moves is in no session, so that a walk through it is never in one session alone.
        bool isFixed = isTogether && hasKernelMoved;
        return new Obstacle(
            isFixed ? [] : Sorted(files), isFixed ? [] : Sorted(sessions), Sorted(soft))
        {
            Through = [.. through],
        };
    }

    private void AddFile(DependencyEnd end, HashSet<int> files)
    {
        if (!end.IsSession && _layout.FileOf(end.ObjectId.Index) is var file and >= 0)
        {
            int id = _layout.Files[file].Index;
            _ = _problem.MayMove(id) && files.Add(id);
        }
    }

    private int SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId.Index : _layout.SessionOf(end.ObjectId.Index);

    private static int[] Sorted(HashSet<int> numbers)
    {
        int[] sorted = [.. numbers];
        Array.Sort(sorted);
        return sorted;
    }
}

/// <summary>A strong component that forbids an order.</summary>
/// <param name="Graph">The order or relation.</param>
/// <param name="Component">Its vertices, sorted.</param>
/// <param name="IsOfObjects">Whether it is a phase's relation between objects, and no named order.</param>
/// <param name="Crossing">
/// Where only a walk through two sessions is an obstacle: a vertex in another session than the first one.
/// </param>
internal sealed record Contradiction(
    PrecedenceGraph Graph, int[] Component, bool IsOfObjects, int? Crossing);
