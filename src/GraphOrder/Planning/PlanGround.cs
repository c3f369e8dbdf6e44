namespace GraphOrder;

/// <summary>
/// What planning needs of a graph under every model, nothing waived: whoever plans one graph for several
/// models makes it once. Immutable.
/// </summary>
internal sealed class PlanGround
{
    /// <summary>Reads a graph. O(V + E).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="phases">Of each dependency the phases in which it binds.</param>
    /// <param name="cancellation">As for planning.</param>
    public PlanGround(DependencyGraph graph, PhaseSet[] phases, CancellationToken cancellation)
    {
        Phases = phases;
        Layout = new FileLayout(graph);
        Objects = new ObjectOrders(graph, phases, Layout.CarriedCount > 0, cancellation);
    }

    /// <summary>Of each dependency the phases in which it binds.</summary>
    public PhaseSet[] Phases { get; }

    /// <summary>Files and sessions by number.</summary>
    public FileLayout Layout { get; }

    /// <summary>The relations between objects alone.</summary>
    public ObjectOrders Objects { get; }

    /// <summary>The ground of a graph of which nothing is waived.</summary>
    public static PlanGround Of(DependencyGraph graph, CancellationToken cancellation = default) =>
        new(graph, WaiverList.Apply(graph, PlanOptions.Default, new DiagnosticList(), []), cancellation);
}
