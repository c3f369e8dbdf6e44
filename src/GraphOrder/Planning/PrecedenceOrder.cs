using System.Buffers;
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
    private readonly int[]? _representatives;

    private PrecedenceOrder(int[] waves, int[]? representatives, List<int[]> contradictions)
    {
        Waves = waves;
        _representatives = representatives;
        Contradictions = contradictions;
    }

    /// <summary>That there is an order, and no word on which.</summary>
    public static PrecedenceOrder Possible { get; } = new([], null, []);

    /// <summary>
    /// For each vertex the number of steps on the longest path that leads to it. Meaningless where there are
    /// contradictions.
    /// </summary>
    public int[] Waves { get; }

    /// <summary>The strong components with two steps or more, each sorted, by their first vertex.</summary>
    public List<int[]> Contradictions { get; }

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
    public int RepresentativeOf(int vertex) => _representatives is null ? vertex : _representatives[vertex];

    public static PrecedenceOrder Of(PrecedenceGraph graph, CancellationToken cancellation)
    {
        int[] waves = new int[graph.VertexCount];
        if (graph.ArcCount == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            return new PrecedenceOrder(waves, null, []);
        }

        bool hasStepsAlone = graph.VertexCount == graph.StepCount;
        if (hasStepsAlone && OrderingKernel.TrySweepArcs(graph.Firsts, graph.Thens, waves))
        {
            cancellation.ThrowIfCancellationRequested();
            return new PrecedenceOrder(waves, null, []);
        }

        if (TryGetWaves(graph, null, waves, cancellation, out int[] left))
        {
            return new PrecedenceOrder(waves, null, []);
        }

        int[] representatives = AllOf(graph.VertexCount);
        List<int[]> contradictions = [];
        foreach (int[] component in StrongComponents.Of(graph, left, cancellation))
        {
            Array.Sort(component);
            if (component.Length > 1 && graph.IsStep(component[1]))
            {
                contradictions.Add(component);
            }

            foreach (int vertex in component)
            {
                representatives[vertex] = component[0];
            }
        }

        contradictions.Sort(static (x, y) => x[0].CompareTo(y[0]));
        if (contradictions.Count == 0)
        {
            bool hasNoCycle = TryGetWaves(graph, representatives, waves, cancellation, out left);
            Invariant.Require(hasNoCycle, "a condensation has no cycle");
        }

        return new PrecedenceOrder(waves, representatives, contradictions);
    }

    /// <summary>
    /// Gives steps the last waves that are legal: each directly before what must come after it, at the end
    /// where nothing must. All other waves stay. O(V + E).
    /// </summary>
    public void Delay(
        PrecedenceGraph graph, IReadOnlyCollection<int> steps, CancellationToken cancellation)
    {
        if (steps.Count == 0)
        {
            return;
        }

        HashSet<int> delayed = [.. steps];
        using OrderRows rows = RowsOf(graph, _representatives);
        int[] depths = new int[graph.VertexCount];
        OrderingKernel.Waves(rows, graph.VertexCount, depths, new int[2 * depths.Length], cancellation);
        int[] sequence = new int[depths.Length];
        OrderingKernel.SortByWave(depths, sequence, new int[depths.Length + 1]);
        int waveMax = OrderingKernel.Max(Waves.AsSpan(0, graph.StepCount));
        int[] lasts = new int[graph.VertexCount];
        for (int i = sequence.Length - 1; i >= 0; i--)
        {
            int vertex = sequence[i];
            int last = waveMax;
            foreach (int then in rows[vertex])
            {
                last = Math.Min(last, graph.IsStep(then) ? Waves[then] - 1 : lasts[then]);
            }

            lasts[vertex] = last;
            Waves[vertex] = delayed.Contains(vertex) ? last : Waves[vertex];
        }
    }

    /// <summary>The steps sorted by wave, inside a wave by position. O(V).</summary>
    public int[] Sorted(int stepCount)
    {
        int[] sorted = new int[stepCount];
        // Some of the steps may be left out, and a wave is never more than there are vertices.
        int[] scratch = ArrayPool<int>.Shared.Rent(Waves.Length + 1);
        OrderingKernel.SortByWave(Waves.AsSpan(0, stepCount), sorted, scratch.AsSpan(0, Waves.Length + 1));
        ArrayPool<int>.Shared.Return(scratch);
        return sorted;
    }

    /// <summary>Some steps sorted by wave, inside a wave in the order given. O(V).</summary>
    public int[] Sorted(ReadOnlySpan<int> steps)
    {
        int waveMax = 0;
        foreach (int step in steps)
        {
            waveMax = Math.Max(waveMax, Waves[step]);
        }

        int[] firstOfWave = new int[waveMax + 2];
        foreach (int step in steps)
        {
            firstOfWave[Waves[step] + 1]++;
        }

        for (int wave = 0; wave <= waveMax; wave++)
        {
            firstOfWave[wave + 1] += firstOfWave[wave];
        }

        int[] sorted = new int[steps.Length];
        foreach (int step in steps)
        {
            sorted[firstOfWave[Waves[step]]++] = step;
        }

        return sorted;
    }

    private static bool TryGetWaves(
        PrecedenceGraph graph,
        int[]? representatives,
        int[] waves,
        CancellationToken cancellation,
        out int[] left)
    {
        using OrderRows rows = RowsOf(graph, representatives);
        int[] scratch = ArrayPool<int>.Shared.Rent(2 * graph.VertexCount);
        int ordered = OrderingKernel.Waves(rows, graph.StepCount, waves, scratch, cancellation);
        ArrayPool<int>.Shared.Return(scratch);
        left = ordered == graph.VertexCount ? [] : Left(waves);
        return left.Length == 0;
    }

    private static OrderRows RowsOf(PrecedenceGraph graph, int[]? representatives)
    {
        if (representatives is null)
        {
            return OrderRows.Of(graph.VertexCount, graph.Firsts, graph.Thens);
        }

        List<int> firsts = new(graph.ArcCount);
        List<int> thens = new(graph.ArcCount);
        for (int arc = 0; arc < graph.ArcCount; arc++)
        {
            int first = representatives[graph.Firsts[arc]];
            int then = representatives[graph.Thens[arc]];
            if (first != then)
            {
                firsts.Add(first);
                thens.Add(then);
            }
        }

        return OrderRows.Of(
            graph.VertexCount, CollectionsMarshal.AsSpan(firsts), CollectionsMarshal.AsSpan(thens));
    }

    private static int[] AllOf(int count)
    {
        int[] all = new int[count];
        for (int i = 0; i < count; i++)
        {
            all[i] = i;
        }

        return all;
    }

    private static int Representative(int[]? representatives, int vertex) =>
        representatives is null ? vertex : representatives[vertex];

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
