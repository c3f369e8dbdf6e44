using System.Buffers;

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
    private readonly int[] _sequence;

    private PrecedenceOrder(
        int[] waves, int[] sequence, int[]? representatives, List<int[]> contradictions)
    {
        Waves = waves;
        _sequence = sequence;
        _representatives = representatives;
        Contradictions = contradictions;
    }

    /// <summary>That there is an order, and no word on which.</summary>
    public static PrecedenceOrder Possible { get; } = new([], [], null, []);

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
            return new PrecedenceOrder(waves, AllOf(graph.VertexCount), null, []);
        }

        if (Sort(graph, null, waves, cancellation, out int[] sequence, out int[] left))
        {
            return new PrecedenceOrder(waves, sequence, null, []);
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
            Array.Clear(waves);
            Sort(graph, representatives, waves, cancellation, out sequence, out left);
            Invariant.Require(left.Length == 0, "a condensation has no cycle");
        }

        return new PrecedenceOrder(waves, sequence, representatives, contradictions);
    }

    /// <summary>
    /// Gives steps the last waves that are legal: each directly before what must come after it, at the end
    /// where nothing must. All other waves stay. O(V + E).
    /// </summary>
    public void Delay(PrecedenceGraph graph, IReadOnlyCollection<int> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        HashSet<int> delayed = [.. steps];
        int[] firsts = new int[graph.ArcCount];
        for (int arc = 0; arc < firsts.Length; arc++)
        {
            firsts[arc] = Representative(_representatives, graph.Firsts[arc]);
        }

        AdjacencyRows rows = AdjacencyRows.Of(graph.VertexCount, firsts);
        int waveMax = 0;
        for (int step = 0; step < graph.StepCount; step++)
        {
            waveMax = Math.Max(waveMax, Waves[step]);
        }

        int[] lasts = new int[graph.VertexCount];
        for (int i = _sequence.Length - 1; i >= 0; i--)
        {
            int vertex = _sequence[i];
            int last = waveMax;
            foreach (int arc in rows[vertex])
            {
                int then = Representative(_representatives, graph.Thens[arc]);
                int bound = graph.IsStep(then) ? Waves[then] - 1 : lasts[then];
                last = then == vertex ? last : Math.Min(last, bound);
            }

            lasts[vertex] = last;
            Waves[vertex] = delayed.Contains(vertex) ? last : Waves[vertex];
        }
    }

    /// <summary>The steps sorted by wave, inside a wave by position. O(V).</summary>
    public int[] Sorted(int stepCount) => Sorted(AllOf(stepCount));

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

    private static bool Sort(
        PrecedenceGraph graph,
        int[]? representatives,
        int[] waves,
        CancellationToken cancellation,
        out int[] queue,
        out int[] left)
    {
        const int cancellationInterval = 4096;
        ReadOnlySpan<int> firsts = graph.Firsts;
        ReadOnlySpan<int> thens = graph.Thens;
        // What is only needed here is taken from those who needed it before.
        int[] waiting = Cleared(graph.VertexCount);
        int[] behind = Cleared(graph.VertexCount + 1);
        for (int arc = 0; arc < firsts.Length; arc++)
        {
            int first = Representative(representatives, firsts[arc]);
            int then = Representative(representatives, thens[arc]);
            waiting[then] += first == then ? 0 : 1;
            behind[first]++;
        }

        int[] rows = ArrayPool<int>.Shared.Rent(firsts.Length);
        FillRows(firsts, thens, representatives, behind.AsSpan(0, graph.VertexCount + 1), rows);
        queue = new int[graph.VertexCount];
        int queued = 0;
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            if (waiting[vertex] == 0)
            {
                queue[queued++] = vertex;
            }
        }

        for (int taken = 0; taken < queued; taken++)
        {
            if (taken % cancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int vertex = queue[taken];
            int waveAfter = waves[vertex] + (graph.IsStep(vertex) ? 1 : 0);
            foreach (int then in rows.AsSpan(behind[vertex], behind[vertex + 1] - behind[vertex]))
            {
                if (then == vertex)
                {
                    continue;
                }

                waves[then] = Math.Max(waves[then], waveAfter);
                if (--waiting[then] == 0)
                {
                    queue[queued++] = then;
                }
            }
        }

        left = queued == graph.VertexCount ? [] : Left(waiting.AsSpan(0, graph.VertexCount));
        ArrayPool<int>.Shared.Return(waiting);
        ArrayPool<int>.Shared.Return(behind);
        ArrayPool<int>.Shared.Return(rows);
        return left.Length == 0;
    }

    // The vertices that come after each one, by counting. The counts become the beginnings of the rows.
    private static void FillRows(
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> thens,
        int[]? representatives,
        Span<int> counts,
        Span<int> rows)
    {
        int behind = 0;
        foreach (ref int count in counts)
        {
            behind += count;
            count = behind;
        }

        for (int arc = firsts.Length - 1; arc >= 0; arc--)
        {
            rows[--counts[Representative(representatives, firsts[arc])]] =
                Representative(representatives, thens[arc]);
        }
    }

    private static int[] Cleared(int count)
    {
        int[] cleared = ArrayPool<int>.Shared.Rent(count);
        Array.Clear(cleared);
        return cleared;
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

    private static int[] Left(ReadOnlySpan<int> waiting)
    {
        List<int> left = [];
        for (int vertex = 0; vertex < waiting.Length; vertex++)
        {
            if (waiting[vertex] > 0)
            {
                left.Add(vertex);
            }
        }

        return [.. left];
    }
}
