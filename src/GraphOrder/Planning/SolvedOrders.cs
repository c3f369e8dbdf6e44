namespace GraphOrder;

/// <summary>
/// All named orders of a graph under two kernels: what each must respect, and the answer or what forbids
/// one. Immutable once built. O(V + E).
/// </summary>
internal sealed class SolvedOrders
{
    private readonly ActPlaces _acts;
    private readonly OrderConstraints _constraints;
    private readonly PrecedenceOrder[] _orders;

    public SolvedOrders(
        DependencyGraph graph,
        FileLayout layout,
        OrderLift lift,
        ActPlaces acts,
        PhaseSet[] phases,
        CancellationToken cancellation)
    {
        _acts = acts;
        _constraints = new OrderConstraints(graph, layout, lift, acts, phases);
        _orders = new PrecedenceOrder[lift.Orders.Count];

        // Orders of sessions first: they say which kernel-moved objects fall inside which session.
        Solve(lift, isOfSessions: true, cancellation);
        _constraints.AddPathsInsideSessions(sessions => _orders[sessions]);
        Solve(lift, isOfSessions: false, cancellation);
    }

    /// <summary>The answer for a named order.</summary>
    public PrecedenceOrder this[int order] => _orders[order];

    /// <summary>What a named order must respect.</summary>
    public PrecedenceGraph ConstraintsOf(int order) => _constraints[order];

    private void Solve(OrderLift lift, bool isOfSessions, CancellationToken cancellation)
    {
        for (int order = 0; order < _orders.Length; order++)
        {
            if (lift.Orders[order].Unit == OrderUnit.Sessions == isOfSessions)
            {
                _orders[order] = PrecedenceOrder.Of(_constraints[order], cancellation);
                if (_orders[order].IsPossible)
                {
                    _orders[order].Delay(_constraints[order], _acts.Delayed(order));
                }
            }
        }
    }
}
