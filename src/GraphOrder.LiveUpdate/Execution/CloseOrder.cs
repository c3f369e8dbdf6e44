namespace GraphOrder.LiveUpdate;

/// <summary>
/// How a plan calls an update off: sessions closed in its order, acts of unpreserve between them.
/// </summary>
internal static class CloseOrder
{
    /// <summary>Goes through it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="act">Does an act; what it returns is why it could not, and then the rest goes on.</param>
    /// <param name="close">Closes a session.</param>
    public static void Run(UpdatePlan plan, Func<ObjectId, string?> act, Action<SessionId> close)
    {
        SessionId[] order = plan.Steps.SessionsIn(Phase.Unpreserve);
        int next = 0;
        foreach (PlanStep step in plan.Plan[Phase.Unpreserve])
        {
            if (plan.Steps.ActOf(step) is { } found)
            {
                _ = act(found);
                continue;
            }

            int until = step.Session is { } name ? IndexOf(plan, order, name, next) : -1;
            for (; next <= until; next++)
            {
                close(order[next]);
            }
        }

        for (; next < order.Length; next++)
        {
            close(order[next]);
        }
    }

    // Only sessions that are still open are looked at, so that all of it stays linear.
    private static int IndexOf(UpdatePlan plan, SessionId[] order, SessionName name, int first)
    {
        if (!plan.Set.TryFindSession(name.Text, out SessionId session)
            || (first > 0 && order[first - 1] == session))
        {
            return -1;
        }

        return Array.IndexOf(order, session, first);
    }
}
