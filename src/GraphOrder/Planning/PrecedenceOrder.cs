using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// A topological order of a <see cref="PrecedenceGraph"/> with waves, or the strong components that forbid
/// one.
/// </summary>
/// <remarks>
/// A strong component that holds one step and connectors only is no contradiction: paths that leave a step
/// and come back to it through connectors order nothing. One that holds two steps is. Kahn's algorithm;
/// where a cycle is left, Tarjan's on the rest, and Kahn's again on the condensation. O(V + E) time and
/// space, no recursion.
/// </remarks>
internal sealed class PrecedenceOrder
{
    private readonly OrderScratch _scratch;
    private int[] _waves = [];
    private int[] _representatives = [];
    private int _vertexCount;
    private bool _isCondensed;

    /// <summary>An order of nothing, until it is asked for one.</summary>
    /// <param name="scratch">What it may share with others that are solved at other times.</param>
    public PrecedenceOrder(OrderScratch scratch) => _scratch = scratch;

    /// <summary>That there is an order, and no word on which.</summary>
    public static PrecedenceOrder Possible { get; } = new(new OrderScratch());

    /// <summary>
    /// For each vertex the number of steps on the longest path that leads to it. Meaningless where there are
    /// contradictions.
    /// </summary>
    public ReadOnlySpan<int> Waves => _waves.AsSpan(0, _vertexCount);

    /// <summary>The strong components with two steps or more, each sorted, by their first vertex.</summary>
    public List<int[]> Contradictions { get; } = [];

    public bool IsPossible => Contradictions.Count == 0;

    /// <summary>The one step whose strong component a connector belongs to; -1 where there is none.</summary>
    public int HomeOf(PrecedenceGraph graph, int connector)
    {
        int representative = RepresentativeOf(connector);
        return graph.IsStep(representative) ? representative : -1;
    }

    /// <summary>
    /// The vertex that stands for the strong component of a vertex: a step where it has one.
    /// </summary>
    public int RepresentativeOf(int vertex) => _isCondensed ? _representatives[vertex] : vertex;

    /// <summary>Orders a graph.</summary>
    public static PrecedenceOrder Of(PrecedenceGraph graph, CancellationToken cancellation)
    {
        PrecedenceOrder order = new(new OrderScratch());
        order.Solve(graph, cancellation);
        return order;
    }

    /// <summary>Orders a graph; what stood here before is forgotten.</summary>
    public void Solve(PrecedenceGraph graph, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Contradictions.Clear();
        _isCondensed = false;
        _vertexCount = graph.VertexCount;
        Span<int> waves = Scratch.Take(ref _waves, _vertexCount);
        bool hasStepsAlone = graph.VertexCount == graph.StepCount;
        if (graph.ArcCount == 0)
        {
            waves.Clear();
            return;
        }

        if ((hasStepsAlone && OrderingKernel.TrySweepArcs(graph.Firsts, graph.Thens, waves))
            || TryGetWaves(graph, waves, cancellation))
        {
            return;
        }

        Condense(graph, Left(waves), cancellation);
        if (IsPossible)
        {
            bool hasNoCycle = TryGetWaves(graph, waves, cancellation);
            Invariant.Require(hasNoCycle, "a condensation has no cycle");
        }
    }

    /// <summary>
    /// Orders files by the classes of dependencies that bind, as they lie; what stood here before is
    /// forgotten. False, and no word on any order, unless each leads to a file with a greater number.
    /// </summary>
    public bool TrySweep(int fileCount, LiftedDependencies lifted, ReadOnlySpan<bool> binds)
    {
        Contradictions.Clear();
        _isCondensed = false;
        _vertexCount = fileCount;
        return OrderingKernel.TrySweepColumns(
            lifted.Ons, lifted.Dependents, lifted.Classes, binds, Scratch.Take(ref _waves, fileCount));
    }

    /// <summary>
    /// Gives steps the last waves that are legal: each directly before what must come after it, at the end
    /// where nothing must. All other waves stay. O(V + E).
    /// </summary>
    public void Delay(PrecedenceGraph graph, ReadOnlySpan<int> steps, CancellationToken cancellation)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        const int delayedMark = 1;
        int count = graph.VertexCount;
        OrderRows rows = RowsOf(graph);
        Span<int> cells = _scratch.Cells((6 * count) + 1);
        Span<int> depths = cells[..count];
        Span<int> sequence = cells[count..][..count];
        Span<int> marks = cells[(2 * count)..][..count];
        Span<int> lasts = cells[(3 * count)..][..count];
        Span<int> rest = cells[(4 * count)..];
        OrderingKernel.Waves(rows, count, depths, rest, cancellation);
        OrderingKernel.SortByWave(depths, sequence, rest[..(count + 1)]);
        marks.Clear();
        foreach (int step in steps)
        {
            marks[step] = delayedMark;
        }

        int waveMax = OrderingKernel.Max(Waves[..graph.StepCount]);
        for (int i = sequence.Length - 1; i >= 0; i--)
        {
            int vertex = sequence[i];
            int last = waveMax;
            foreach (int then in rows[vertex])
            {
                last = Math.Min(last, graph.IsStep(then) ? _waves[then] - 1 : lasts[then]);
            }

            lasts[vertex] = last;
            _waves[vertex] = marks[vertex] == delayedMark ? last : _waves[vertex];
        }
    }

    /// <summary>Writes the first steps sorted by wave, inside a wave by position. O(V).</summary>
    /// <param name="sorted">As many as are wanted.</param>
    public void Sort(Span<int> sorted)
    {
        // Some of the steps may be left out, and a wave is never more than there are vertices.
        Span<int> firsts = _scratch.Cells(_vertexCount + 1);
        OrderingKernel.SortByWave(Waves[..sorted.Length], sorted, firsts);
    }

    /// <summary>Writes some steps sorted by wave, inside a wave in the order given. O(V).</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="sorted">As many.</param>
    public void Sort(ReadOnlySpan<int> steps, Span<int> sorted)
    {
        Span<int> firsts = _scratch.Cells(_vertexCount + 1);
        firsts.Clear();
        foreach (int step in steps)
        {
            firsts[_waves[step] + 1]++;
        }

        for (int wave = 1; wave < firsts.Length; wave++)
        {
            firsts[wave] += firsts[wave - 1];
        }

        foreach (int step in steps)
        {
            sorted[firsts[_waves[step]]++] = step;
        }
    }

    private void Condense(PrecedenceGraph graph, int[] left, CancellationToken cancellation)
    {
        _isCondensed = true;
        Span<int> representatives = Scratch.Take(ref _representatives, _vertexCount);
        for (int vertex = 0; vertex < representatives.Length; vertex++)
        {
            representatives[vertex] = vertex;
        }

        foreach (int[] component in StrongComponents.Of(graph, left, cancellation))
        {
            Array.Sort(component);
            if (component.Length > 1 && graph.IsStep(component[1]))
            {
                Contradictions.Add(component);
            }

            foreach (int vertex in component)
            {
                representatives[vertex] = component[0];
            }
        }

        Contradictions.Sort(static (x, y) => x[0].CompareTo(y[0]));
    }

    private bool TryGetWaves(PrecedenceGraph graph, Span<int> waves, CancellationToken cancellation)
    {
        OrderRows rows = RowsOf(graph);
        Span<int> scratch = _scratch.Cells(2 * graph.VertexCount);
        return OrderingKernel.Waves(rows, graph.StepCount, waves, scratch, cancellation) == _vertexCount;
    }

    private OrderRows RowsOf(PrecedenceGraph graph)
    {
        OrderRows rows = _scratch.Rows;
        if (!_isCondensed)
        {
            rows.Read(graph.VertexCount, graph.Firsts, graph.Thens);
            return rows;
        }

        _scratch.Firsts.Clear();
        _scratch.Thens.Clear();
        for (int arc = 0; arc < graph.ArcCount; arc++)
        {
            int first = _representatives[graph.Firsts[arc]];
            int then = _representatives[graph.Thens[arc]];
            if (first != then)
            {
                _scratch.Firsts.Add(first);
                _scratch.Thens.Add(then);
            }
        }

        rows.Read(
            graph.VertexCount,
            CollectionsMarshal.AsSpan(_scratch.Firsts),
            CollectionsMarshal.AsSpan(_scratch.Thens));
        return rows;
    }

    private static int[] Left(ReadOnlySpan<int> waves)
    {
        List<int> left = [];
        for (int vertex = 0; vertex < waves.Length; vertex++)
        {
            if (waves[vertex] == OrderingKernel.None)
            {
                left.Add(vertex);
            }
        }

        return [.. left];
    }
}
