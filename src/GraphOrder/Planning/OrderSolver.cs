namespace GraphOrder;

/// <summary>Sorts all named orders of a problem in the one order in which that can be done.</summary>
internal static class OrderSolver
{
    /// <summary>The answer for each named order. O(V + E).</summary>
    public static PrecedenceOrder[] Solve(
        OrderLift lift, OrderConstraints constraints, CancellationToken cancellation)
    {
        PrecedenceOrder[] orders = new PrecedenceOrder[lift.Orders.Count];
        bool hasAddedPaths = false;
        foreach (int order in SessionsFirst(lift))
        {
            if (!hasAddedPaths && lift.Orders[order].Unit != OrderUnit.Sessions)
            {
                hasAddedPaths = true;
                constraints.AddPathsInsideSessions(sessions => orders[sessions]);
            }

            orders[order] = PrecedenceOrder.Of(constraints[order], cancellation);
        }

        return orders;
    }

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
}
