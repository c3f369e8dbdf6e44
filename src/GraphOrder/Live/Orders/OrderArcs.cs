namespace GraphOrder;

/// <summary>
/// The arcs of a kept order. What the kernel has not yet is counted from the border behind all that it has,
/// so that a beginning that grows changes no wave behind it.
/// </summary>
internal readonly struct OrderArcs(LiveOrder order, LiveRows rows) : IWaveArcs
{
    public int FirstArc(int vertex, bool isOut) => order.Order.FirstArcOf(vertex, isOut);

    public int NextArc(int arc, bool isOut) => order.Order.NextArc(arc, isOut);

    public int EndOf(int arc, bool isOut) => order.Order.OtherEnd(arc, !isOut);

    // What crosses the border says less than the border itself.
    public bool Counts(int arc) => order.Order.HasArc(arc)
        && (!order.HasBeginning
            || !IsInBeginning(EndOf(arc, true))
            || IsBorder(EndOf(arc, false))
            || IsInBeginning(EndOf(arc, false)));

    public bool IsStep(int vertex) => order.TryFindThing(vertex, out _, out _);

    public bool IsBorder(int vertex) => order.HasBeginning && vertex == order.BeginningEnd;

    /// <summary>Whether the kernel has what a vertex stands for.</summary>
    public bool IsInBeginning(int vertex) =>
        order.TryFindThing(vertex, out int row, out bool isAct) && !isAct
        && (order.Unit == OrderUnit.Sessions
            ? rows.Session(row).IsCreated
            : rows.Object(rows.FileOf(row)).IsPreserved);
}
