namespace GraphOrder.Tests.Planning;

/// <summary>
/// Small random graphs of steps and connectors, labelled as sessions and dependencies label them, with what
/// the definition says of them, taken literally.
/// </summary>
internal sealed class RandomPrecedence
{
    private readonly List<WalkArc> _arcs = [];
    private readonly bool[,] _reaches;

    public RandomPrecedence(int seed)
    {
        Random random = new(seed);
        int stepCount = random.Next(1, 9);
        int connectors = random.Next(3) == 0 ? 0 : random.Next(5);
        Graph = new PrecedenceGraph(stepCount);
        for (int connector = 0; connector < connectors; connector++)
        {
            Graph.AddConnector();
        }

        int count = Graph.VertexCount;
        bool isSorted = random.Next(4) == 0;
        for (int arc = random.Next((5 * count / 2) + 1); arc > 0; arc--)
        {
            int first = random.Next(count);
            int then = random.Next(count);
            if (first != then && (!isSorted || first < then))
            {
                ArcLabel label = Label(random, first, then);
                Graph.AddArc(first, then, label);
                _arcs.Add(new WalkArc(first, then, label));
            }
        }

        _reaches = new bool[count, count];
        foreach (WalkArc arc in _arcs)
        {
            _reaches[arc.First, arc.Then] = true;
        }

        for (int by = 0; by < count; by++)
        {
            for (int from = 0; from < count; from++)
            {
                for (int to = 0; to < count; to++)
                {
                    _reaches[from, to] |= _reaches[from, by] && _reaches[by, to];
                }
            }
        }
    }

    public PrecedenceGraph Graph { get; }

    public IEnumerable<int> Vertices => Enumerable.Range(0, Graph.VertexCount);

    public IEnumerable<int> Steps => Enumerable.Range(0, Graph.StepCount);

    /// <summary>The arcs inside some vertices; of those between the same two, the least label.</summary>
    public List<WalkArc> ArcsAmong(int[] vertices) =>
    [
        .. _arcs.Where(arc => vertices.Contains(arc.First) && vertices.Contains(arc.Then))
            .GroupBy(static arc => (arc.First, arc.Then))
            .Select(static same => same.MinBy(static arc => arc.Label)),
    ];

    /// <summary>The vertices that a vertex reaches and that reach it, itself among them.</summary>
    public int[] ComponentOf(int vertex) =>
        [.. Vertices.Where(other => other == vertex || (_reaches[vertex, other] && _reaches[other, vertex]))];

    public List<int[]> Contradictions() =>
    [
        .. Steps.Select(ComponentOf)
            .Where(component => component.Count(Graph.IsStep) > 1)
            .DistinctBy(static component => component[0]),
    ];

    /// <summary>The steps behind a step with nothing but connectors between, other than itself.</summary>
    public List<int> Following(int step)
    {
        HashSet<int> reached = [];
        Stack<int> open = new([step]);
        while (open.TryPop(out int vertex))
        {
            foreach (WalkArc arc in _arcs.Where(arc => arc.First == vertex))
            {
                if (reached.Add(arc.Then) && !Graph.IsStep(arc.Then))
                {
                    open.Push(arc.Then);
                }
            }
        }

        return [.. reached.Where(vertex => Graph.IsStep(vertex) && vertex != step)];
    }

    // Into an even connector and out of an odd one nothing but membership leads, so that no circle is free.
    private ArcLabel Label(Random random, int first, int then)
    {
        bool isMembership = (Graph.IsStep(first) && !Graph.IsStep(then) && then % 2 == 0)
            || (!Graph.IsStep(first) && Graph.IsStep(then) && first % 2 != 0);
        return isMembership ? ArcLabel.Membership
            : random.Next(8) == 0 ? ArcLabel.Fixed
            : ArcLabel.Of(random.Next(9), (Phase)random.Next(3), random.Next(2) == 0);
    }
}
