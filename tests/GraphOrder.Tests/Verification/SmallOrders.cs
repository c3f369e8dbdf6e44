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
            model.Orders.ToDictionary(order => order, order => Shuffled(force.SessionsAndActs(order))));

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
        model.Orders.ToDictionary(order => order, order => SessionsAndActs(set, model, plan, order)));

    /// <summary>The same with two places of one order swapped; null where no order has two.</summary>
    public SmallOrders? Swapped(Random random) => Changed(random, static _ => true, (order, _) =>
    {
        int first = random.Next(order.Length);
        int then = (first + 1 + random.Next(order.Length - 1)) % order.Length;
        (order[first], order[then]) = (order[then], order[first]);
        return order;
    });

    /// <summary>The same with one act at another place of its order; null where no act can move.</summary>
    public SmallOrders? WithActMoved(Random random)
    {
        return Changed(random, static acts => acts.Length > 0, Moved);

        int[] Moved(int[] order, int[] acts)
        {
            int act = acts[random.Next(acts.Length)];
            int[] others = [.. order[..act], .. order[(act + 1)..]];
            int place = (act + 1 + random.Next(order.Length - 1)) % order.Length;
            return [.. others[..place], order[act], .. others[place..]];
        }
    }

    /// <summary>A plan with a certificate for these very orders, as a document.</summary>
    public byte[] Write()
    {
        DependencyGraph graph = DependencyGraph.Of(_set);
        return Mutations.Write(new PlanForge(graph, _model).Forge(_movers, _sessions), graph, _model.Kernels);
    }

    // One of the orders that have two places, chosen by the places of its acts. An order of sessions names an
    // act by the complement of its number.
    private SmallOrders? Changed(
        Random random, Predicate<int[]> isWanted, Func<int[], int[], int[]> change)
    {
        (int[] Order, int[] Acts)[] all =
        [
            .. _movers.Values
                .Select(order => (order, Places(order, item => _set.Objects[item].Act is not null)))
                .Concat(_sessions.Values.Select(order => (order, Places(order, item => item < 0))))
                .Where(found => found.order.Length > 1 && isWanted(found.Item2)),
        ];
        if (all.Length == 0)
        {
            return null;
        }

        (int[] chosen, int[] acts) = all[random.Next(all.Length)];
        int[] changed = change([.. chosen], acts);
        return new SmallOrders(
            _set,
            _model,
            _movers.ToDictionary(entry => entry.Key, entry => Of(entry.Value)),
            _sessions.ToDictionary(entry => entry.Key, entry => Of(entry.Value)));

        int[] Of(int[] order) => ReferenceEquals(order, chosen) ? changed : order;

        static int[] Places(int[] order, Predicate<int> isAct) =>
            [.. Enumerable.Range(0, order.Length).Where(place => isAct(order[place]))];
    }

    private static int IdOf(SessionSet set, PlanStep step)
    {
        set.TryFind(step.ActName ?? step.ObjectName!, out ObjectId id);
        return id.Index;
    }

    // Acts stand where the steps of a phase that follows the order have them. A session without steps
    // keeps its place among the sessions.
    private static int[] SessionsAndActs(SessionSet set, ModelText model, Plan plan, string order)
    {
        List<int> found = [.. plan.Sessions.Find(order).Select(name => SessionOf(set, name))];
        foreach (Phase phase in Phases.All.ToArray().Where(phase => model.OrderOf(phase) == order))
        {
            PlanStep[] steps = [.. model.IsBackward(phase) ? plan[phase].Reverse() : plan[phase]];
            for (int step = 0; step < steps.Length; step++)
            {
                if (steps[step].ActName is not null)
                {
                    int last = Array.FindLastIndex(steps, step, each => each.ActName is null);
                    int place = last < 0 ? 0 : 1 + found.IndexOf(SessionOf(set, steps[last].Session!.Value));
                    int acts = found.Skip(place).TakeWhile(item => item < 0).Count();
                    found.Insert(place + acts, ~IdOf(set, steps[step]));
                }
            }
        }

        return [.. found];
    }

    private static int SessionOf(SessionSet set, SessionName name)
    {
        set.TryFindSession(name.Text, out SessionId id);
        return id.Index;
    }
}
