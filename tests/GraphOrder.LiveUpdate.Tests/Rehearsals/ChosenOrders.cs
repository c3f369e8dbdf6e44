namespace GraphOrder.LiveUpdate.Tests.Rehearsals;

/// <summary>The five orders of an update that somebody chooses, from which all others follow, and in which of
/// them a dependency orders which two.</summary>
internal sealed class ChosenOrders(DependencyGraph graph, UpdateOrder order)
{
    public List<int> Create { get; } = Of(order.Old, RehearsedAct.Create);

    public List<int> Preserve { get; } = ObjectsOf(order.Old);

    public List<int> Retrieve { get; } = ObjectsOf(order.Next);

    public List<int> Finish { get; } = Of(order.Next, RehearsedAct.Finish);

    public List<int> Close { get; } = [.. order.Close];

    public UpdateOrder ToOrder() => OrderDraw.Make(graph, Create, Preserve, Retrieve, Finish, Close);

    public Plan ToPlan(IEnumerable<Waiver> waivers) =>
        PlanDocument.Of(graph, Create, Preserve, Retrieve, Finish, Close, waivers);

    /// <summary>Swaps the two, of which one needs the other in a phase; false where more than two are ordered
    /// so: a session, which is all its files.</summary>
    public bool TrySwap(Phase phase, int dependent, int on)
    {
        bool isSession = dependent >= graph.ObjectCount || on >= graph.ObjectCount;
        int first = SessionOf(dependent);
        int second = SessionOf(on);
        bool isAmongFiles = phase is Phase.Preserve or Phase.Retrieve || first == second;
        if (isAmongFiles && isSession)
        {
            return false;
        }

        List<int> list = phase switch
        {
            Phase.Retrieve => Retrieve,
            _ when isAmongFiles => Preserve,
            Phase.Freeze or Phase.Unfreeze => Create,
            Phase.Unpreserve => Close,
            _ => Finish,
        };
        int place = list.IndexOf(isAmongFiles ? MoverOf(dependent) : first);
        int other = list.IndexOf(isAmongFiles ? MoverOf(on) : second);
        if (place < 0 || other < 0 || place == other)
        {
            return false;
        }

        (list[place], list[other]) = (list[other], list[place]);
        return true;
    }

    private int MoverOf(int vertex)
    {
        ObjectId id = new(vertex);
        return graph[id].Act is null ? graph.FileOf(id)?.Index ?? -1 : vertex;
    }

    private int SessionOf(int vertex)
    {
        if (vertex >= graph.ObjectCount)
        {
            return vertex - graph.ObjectCount;
        }

        ObjectId id = new(vertex);
        return (graph[id].Act?.Session ?? graph.SessionOf(id))?.Index ?? -1;
    }

    private static List<int> Of(List<(RehearsedAct Act, int Session, int Object)> steps, RehearsedAct act) =>
        [.. steps.Where(step => step.Act == act).Select(step => step.Session)];

    private static List<int> ObjectsOf(List<(RehearsedAct Act, int Session, int Object)> steps) =>
        [.. steps.Where(step => step.Object >= 0).Select(step => step.Object)];
}
