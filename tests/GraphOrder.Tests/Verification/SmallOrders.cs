using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary>
/// The orders that a model leaves to choose, for a set small enough that brute force can judge them.
/// </summary>
internal sealed class SmallOrders
{
    private readonly SessionSet _set;
    private readonly ModelText _model;
    private readonly Dictionary<Phase, int[]> _movers;
    private readonly Dictionary<string, int[]> _sessions;

    private SmallOrders(
        SessionSet set, ModelText model, Dictionary<Phase, int[]> movers, Dictionary<string, int[]> sessions)
    {
        _set = set;
        _model = model;
        _movers = movers;
        _sessions = sessions;
    }

    /// <summary>Whether the definition finds nothing against them.</summary>
    public bool IsLegal
    {
        get
        {
            BruteForce force = new(_set, _model);
            (int, int, PhaseSet)[] dependencies = [.. DependencyGraph.Of(_set).Dependencies.ToArray().Select(
                found => (force.Item(found.Dependent), force.Item(found.On), found.Phases))];
            return force.IsLegal(dependencies, _movers, _sessions);
        }
    }

    /// <summary>Any orders at all.</summary>
    public static SmallOrders Shuffled(SessionSet set, ModelText model, Random random)
    {
        BruteForce force = new(set, model);
        return new SmallOrders(
            set,
            model,
            Phases.All.ToArray().ToDictionary(phase => phase, phase => Shuffled(force.Movers(phase))),
            model.Orders.ToDictionary(
                order => order, _ => Shuffled([.. Enumerable.Range(0, set.Sessions.Length)])));

        int[] Shuffled(int[] items)
        {
            random.Shuffle(items);
            return items;
        }
    }

    /// <summary>The orders of a plan.</summary>
    public static SmallOrders Of(SessionSet set, ModelText model, Plan plan) => new(
        set,
        model,
        Phases.All.ToArray()
            .Where(phase => model.InsideOf(phase) == "chosen")
            .ToDictionary(phase => phase, phase => plan[phase].Select(step => IdOf(set, step)).ToArray()),
        model.Orders.ToDictionary(
            order => order,
            order => plan.Sessions.Find(order).Select(name => SessionOf(set, name)).ToArray()));

    /// <summary>The same with two places of one order swapped; null where no order has two.</summary>
    public SmallOrders? Swapped(Random random)
    {
        int[][] all = [.. _movers.Values.Concat(_sessions.Values).Where(order => order.Length > 1)];
        if (all.Length == 0)
        {
            return null;
        }

        int[] chosen = all[random.Next(all.Length)];
        int[] swapped = [.. chosen];
        int first = random.Next(swapped.Length);
        int then = (first + 1 + random.Next(swapped.Length - 1)) % swapped.Length;
        (swapped[first], swapped[then]) = (swapped[then], swapped[first]);
        return new SmallOrders(
            _set,
            _model,
            _movers.ToDictionary(entry => entry.Key, entry => Of(entry.Value)),
            _sessions.ToDictionary(entry => entry.Key, entry => Of(entry.Value)));

        int[] Of(int[] order) => ReferenceEquals(order, chosen) ? swapped : order;
    }

    /// <summary>A plan with a certificate for these very orders, as a document.</summary>
    public byte[] Write()
    {
        DependencyGraph graph = DependencyGraph.Of(_set);
        return Mutations.Write(new PlanForge(graph, _model).Forge(_movers, _sessions), graph, _model.Kernels);
    }

    private static int IdOf(SessionSet set, PlanStep step)
    {
        set.TryFind(step.ObjectName!, out ObjectId id);
        return id.Index;
    }

    private static int SessionOf(SessionSet set, SessionName name)
    {
        set.TryFindSession(name.Text, out SessionId id);
        return id.Index;
    }
}
