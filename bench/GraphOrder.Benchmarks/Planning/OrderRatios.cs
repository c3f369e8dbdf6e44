using System.Runtime.InteropServices;
using GraphOrder.Benchmarks.Graphs;
using GraphOrder.Benchmarks.PageTables;

namespace GraphOrder.Benchmarks.Planning;

/// <summary>
/// What ordering costs, as ratios of one run: ours beside Kahn's algorithm in C++ over the same arcs, in
/// turn, from ready rows and from arcs; and a plan of a host beside one ordering of it. Medians, and in
/// brackets the interval that holds the true one in 95 of 100 cases.
/// </summary>
internal static class OrderRatios
{
    private const string Library = "limits";
    private const int WarmUps = 3;

    /// <summary>
    /// Runs with <c>--order-ratios LIBRARY [ROUNDS [WHAT]]</c>; WHAT is g1, g2, g3 or plan.
    /// </summary>
    public static int Run(string[] args)
    {
        Limits.Load(Path.GetFullPath(args[1]));
        int rounds = args.Length > 2 ? int.Parse(args[2], null) : 31;
        string what = args.Length > 3 ? args[3] : "all";
        bool isAlike = true;
        if (what is "all" or "g1")
        {
            isAlike &= Order(ArcStream.Of("g1"), rounds);
        }

        if (what is "all" or "g3")
        {
            isAlike &= Order(ArcStream.Of("g3"), rounds);
        }

        if (what is "all" or "g2")
        {
            isAlike &= Order(ArcStream.Of("g2"), rounds);
        }

        if (what is "all" or "plan")
        {
            Plan(rounds);
        }

        return isAlike ? 0 : 1;
    }

    private static bool Order(ArcStream arcs, int rounds)
    {
        int[] waves = new int[arcs.VertexCount];
        int[] scratch = new int[2 * arcs.VertexCount];
        int[] ours = new int[arcs.VertexCount];
        int[] theirs = new int[arcs.VertexCount];
        Samples built = new();
        Samples ordered = new();
        Samples both = new();
        Samples times = new();
        OrderRows rows = new();
        for (int round = -WarmUps; round < rounds; round++)
        {
            double start = Limits.Seconds();
            rows.Read(arcs.VertexCount, arcs.Firsts, arcs.Thens);
            double madeRows = Limits.Seconds();
            OrderingKernel.Waves(rows, arcs.VertexCount, waves, scratch, CancellationToken.None);
            OrderingKernel.SortByWave(waves, ours, scratch.AsSpan(0, waves.Length + 1));
            double end = Limits.Seconds();
            (double limitRows, double limitOrder) = Limit(arcs, rows.IsLocal, theirs);
            if (round >= 0)
            {
                const double scale = 1e3;
                built.Add((madeRows - start) * scale / limitRows);
                ordered.Add((end - madeRows) * scale / limitOrder);
                both.Add((end - start) * scale / (limitRows + limitOrder));
                times.Add((end - madeRows) * scale);
            }
        }

        bool isAlike = ours.AsSpan().SequenceEqual(theirs);
        Console.WriteLine(
            $"{arcs.Name}: {arcs.VertexCount:N0} vertices, {arcs.Firsts.Length:N0} arcs, {rounds} rounds: "
            + $"order {times.Median:f1} ms, of our C++ {ordered}; rows {built}; "
            + $"rows and order {both}"
            + (isAlike ? "" : "  ORDERS DIFFER"));
        return isAlike;
    }

    private static (double Rows, double Order) Limit(ArcStream arcs, bool isLocal, int[] sorted)
    {
        double start = Limits.Seconds();
        nint rows = Rows(arcs.VertexCount, arcs.Firsts.Length, arcs.Firsts, arcs.Thens);
        double madeRows = Limits.Seconds();
        int count = Order(rows, isLocal ? 0 : 1, sorted);
        double end = Limits.Seconds();
        Free(rows);
        const double scale = 1e3;
        return count == arcs.VertexCount
            ? ((madeRows - start) * scale, (end - madeRows) * scale)
            : throw new InvalidDataException("The C++ finds a cycle.");
    }

    private static void Plan(int rounds)
    {
        DependencyGraph graph = HostSet.Make(10_000, 40);
        int[] firsts = new int[graph.DependencyCount];
        int[] thens = new int[graph.DependencyCount];
        for (int i = 0; i < firsts.Length; i++)
        {
            firsts[i] = graph.Dependencies[i].On.ObjectId.Index;
            thens[i] = graph.Dependencies[i].Dependent.ObjectId.Index;
        }

        int[] waves = new int[graph.ObjectCount];
        int[] scratch = new int[2 * graph.ObjectCount];
        int[] sorted = new int[graph.ObjectCount];
        Samples ratio = new();
        Samples againRatio = new();
        Samples plans = new();
        Samples agains = new();
        Samples orders = new();
        PlanWorkspace workspace = new();
        OrderRows rows = OrderRows.Of(graph.ObjectCount, firsts, thens);
        for (int round = -WarmUps; round < rounds; round++)
        {
            double start = Limits.Seconds();
            Planner.Plan(graph, KernelPair.Linux73).GetPlanOrThrow();
            double plan = (Limits.Seconds() - start) * 1e3;
            start = Limits.Seconds();
            workspace.Plan(graph, KernelPair.Linux73).GetPlanOrThrow();
            double again = (Limits.Seconds() - start) * 1e3;
            start = Limits.Seconds();
            OrderingKernel.Waves(rows, rows.VertexCount, waves, scratch, CancellationToken.None);
            OrderingKernel.SortByWave(waves, sorted, scratch.AsSpan(0, waves.Length + 1));
            double order = (Limits.Seconds() - start) * 1e3;
            if (round >= 0)
            {
                ratio.Add(plan / order);
                againRatio.Add(again / order);
                plans.Add(plan);
                agains.Add(again);
                orders.Add(order);
            }
        }

        Console.WriteLine(
            $"plan: {graph.ObjectCount:N0} files in {graph.SessionCount:N0} sessions, "
            + $"{graph.DependencyCount:N0} dependencies: {plans.Median:f1} ms in six phases, "
            + $"one order {orders.Median:f1} ms, "
            + $"ratio {ratio}; with a workspace {agains.Median:f1} ms, ratio {againRatio}");
    }

    [DllImport(Library, EntryPoint = "limits_rows")]
    private static extern nint Rows(int vertices, int arcs, int[] firsts, int[] thens);

    [DllImport(Library, EntryPoint = "limits_order")]
    private static extern int Order(nint rows, int fetches, int[] sorted);

    [DllImport(Library, EntryPoint = "limits_rows_free")]
    private static extern void Free(nint rows);
}
