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

        bool hasAddedPaths = false;
        foreach (int order in SessionsFirst(lift))
        {
            if (!hasAddedPaths && lift.Orders[order].Unit != OrderUnit.Sessions)
            {
                hasAddedPaths = true;
                _constraints.AddPathsInsideSessions(sessions => _orders[sessions]);
            }

            Solve(order, cancellation);
        }
    }

    /// <summary>The answer for a named order.</summary>
    public PrecedenceOrder this[int order] => _orders[order];

    /// <summary>The answers by the numbers of the orders.</summary>
    public PrecedenceOrder[] Answers => _orders;

    /// <summary>What a named order must respect.</summary>
    public PrecedenceGraph ConstraintsOf(int order) => _constraints[order];

    /// <summary>Whether something may connect files of one session with those of another.</summary>
    public bool MayConnectSessions(int order) => _constraints.MayConnectSessions(order);

    /// <summary>
    /// The numbers of the orders, those of sessions first: they say which kernel-moved objects fall inside
    /// which session.
    /// </summary>
    public static int[] SessionsFirst(OrderLift lift)
    {
        int[] numbers = new int[lift.Orders.Count];
        int next = 0;
        foreach (bool isOfSessions in (ReadOnlySpan<bool>)[true, false])
        {
            for (int order = 0; order < numbers.Length; order++)
            {
                if (lift.Orders[order].Unit == OrderUnit.Sessions == isOfSessions)
                {
                    numbers[next++] = order;
                }
            }
        }

        return numbers;
    }

    private void Solve(int order, CancellationToken cancellation)
    {
        // One answer for orders that have to respect the same; a refusal is told of each.
        if (_orders[_constraints.Twin(order)] is { IsPossible: true } same)
        {
            _orders[order] = same;
            return;
        }

        _orders[order] = PrecedenceOrder.Of(_constraints[order], cancellation);
        if (_orders[order].IsPossible)
        {
            _orders[order].Delay(_constraints[order], _acts.Delayed(order), cancellation);
        }
    }
}
