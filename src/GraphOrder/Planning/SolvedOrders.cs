namespace GraphOrder;

/// <summary>
/// All named orders of a graph under two kernels: what each must respect, and the answer or what forbids
/// one. It stands for one graph until it solves another one. O(V + E).
/// </summary>
internal sealed class SolvedOrders
{
    private readonly OrderScratch _scratch;
    private readonly OrderConstraints _constraints = new();
    private readonly List<PrecedenceOrder> _own = [];
    private readonly List<PrecedenceOrder?> _answers = [];
    private OrderLift _lift = null!;

    /// <summary>The orders of no graph yet.</summary>
    /// <param name="scratch">What orders that are solved one after another share.</param>
    public SolvedOrders(OrderScratch scratch) => _scratch = scratch;

    /// <summary>Where acts stand among the vertices of the orders.</summary>
    public ActPlaces Acts { get; } = new();

    /// <summary>The answer for a named order.</summary>
    public PrecedenceOrder this[int order] => _answers[order]!;

    /// <summary>The answer for a named order.</summary>
    public PrecedenceOrder this[NamedOrder order] => this[_lift.NumberOf(order)];

    /// <summary>What a named order must respect.</summary>
    public PrecedenceGraph ConstraintsOf(int order) => _constraints[order];

    /// <summary>Whether something may connect files of one session with those of another.</summary>
    public bool MayConnectSessions(int order) => _constraints.MayConnectSessions(order);

    /// <summary>Solves the orders of a graph.</summary>
    public static SolvedOrders Of(PlanGround ground, OrderLift lift, CancellationToken cancellation)
    {
        SolvedOrders orders = new(new OrderScratch());
        orders.Solve(ground, lift, cancellation);
        return orders;
    }

    /// <summary>Solves the orders of a graph; what stood here before is forgotten.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Solve(PlanGround ground, OrderLift lift, CancellationToken cancellation)
    {
        _lift = lift;
        Acts.Read(ground.Graph, ground.Layout, lift);
        _constraints.Read(ground, lift, Acts);
        _answers.Clear();
        for (int order = 0; order < lift.Orders.Length; order++)
        {
            _answers.Add(null);
            if (order == _own.Count)
            {
                _own.Add(new PrecedenceOrder(_scratch));
            }
        }

        bool hasAddedPaths = false;
        foreach (int order in lift.SessionsFirst)
        {
            if (!hasAddedPaths && lift.Orders[order].Unit != OrderUnit.Sessions)
            {
                hasAddedPaths = true;
                _constraints.AddPathsInsideSessions(this);
            }

            Solve(order, cancellation);
        }
    }

    private void Solve(int order, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // One answer for orders that have to respect the same; a refusal is told of each.
        if (_answers[_constraints.Twin(order)] is { IsPossible: true } same)
        {
            _answers[order] = same;
            return;
        }

        PrecedenceOrder answer = _own[order];
        _answers[order] = answer;
        if (_constraints.TryOrderFiles(order, answer))
        {
            return;
        }

        answer.Solve(_constraints[order], cancellation);
        if (answer.IsPossible)
        {
            answer.Delay(_constraints[order], Acts.Delayed(order), cancellation);
        }
    }
}
