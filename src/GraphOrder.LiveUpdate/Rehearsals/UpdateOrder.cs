namespace GraphOrder.LiveUpdate;

/// <summary>An update as its holder does it: the steps in each kernel, and in which order it would give up.
/// </summary>
internal sealed class UpdateOrder
{
    /// <summary>In the old kernel, in front of the jump.</summary>
    public required List<(RehearsedAct Act, int Session, int Object)> Old { get; init; }

    /// <summary>In the next kernel.</summary>
    public required List<(RehearsedAct Act, int Session, int Object)> Next { get; init; }

    /// <summary>Sessions in the order in which they are closed where the update is called off.</summary>
    public required List<int> Close { get; init; }

    /// <summary>What a plan says; under a Linux model.</summary>
    /// <exception cref="ArgumentException">It names what the set does not have.</exception>
    public static UpdateOrder Of(DependencyGraph graph, Plan plan)
    {
        List<(RehearsedAct, int, int)> old = [];
        foreach (SessionName session in plan.Sessions.Create)
        {
            old.Add((RehearsedAct.Create, Find(graph, session), -1));
        }

        foreach (PlanStep step in plan[Phase.Preserve])
        {
            Add(graph, old, step, RehearsedAct.Preserve);
        }

        List<(RehearsedAct Act, int Session, int Object)> next = [];
        bool[] isRetrieved = new bool[graph.SessionCount];
        foreach (PlanStep step in plan[Phase.Retrieve])
        {
            int session = step.ObjectName is null || step.Session is not { } named ? -1 : Find(graph, named);
            Retrieve(next, isRetrieved, session);
            Add(graph, next, step, RehearsedAct.Retrieve);
        }

        foreach (SessionName session in plan.Sessions.Retrieve)
        {
            Retrieve(next, isRetrieved, Find(graph, session));
        }

        foreach (SessionName session in plan.Sessions.Finish)
        {
            next.Add((RehearsedAct.Finish, Find(graph, session), -1));
        }

        List<int> close = [];
        foreach (SessionName session in plan.Sessions.Close)
        {
            close.Add(Find(graph, session));
        }

        return new UpdateOrder { Old = old, Next = next, Close = close };
    }

    private static void Retrieve(
        List<(RehearsedAct Act, int Session, int Object)> next, bool[] isRetrieved, int session)
    {
        if (session >= 0 && !isRetrieved[session])
        {
            isRetrieved[session] = true;
            next.Add((RehearsedAct.RetrieveSession, session, -1));
        }
    }

    private static void Add(
        DependencyGraph graph, List<(RehearsedAct, int, int)> steps, PlanStep step, RehearsedAct act)
    {
        string? name = step.ObjectName ?? step.ActName;
        if (name is null || !graph.Set.TryFind(name, out ObjectId found))
        {
            throw new ArgumentException($"The plan names {name}, which the set does not have.", nameof(step));
        }

        int session = graph.Set.SessionOf(found)?.Index ?? graph[found].Act?.Session.Index ?? -1;
        steps.Add((step.ActName is null ? act : RehearsedAct.Act, session, found.Index));
    }

    private static int Find(DependencyGraph graph, SessionName name) =>
        graph.Set.TryFindSession(name.Text, out SessionId session)
            ? session.Index
            : throw new ArgumentException($"The plan names session {name}, which is not there.");
}
