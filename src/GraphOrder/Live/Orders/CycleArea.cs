namespace GraphOrder;

/// <summary>
/// Where the cycles lie that a refused change would close: the sessions and kernel-moved objects that hold
/// all of every strong component of every order. What is there was legal, so that each of them runs through
/// something that was refused, and a planner who sees only these finds what one who sees all would find.
/// </summary>
/// <remarks>
/// <para>From what was refused two sides look for what follows and for what goes before, arc by arc in turn,
/// and the first that comes to its end is enough: O(arcs of the smaller side). Both look only between the
/// first and the last place in the kept order that a refused arc names.</para>
/// <para>Where the kernel's beginning is contradicted, everything that it has not yet follows everything that
/// it has. So each side looks on its own side of that border alone: what follows inside the beginning, and
/// what goes before behind it.</para>
/// </remarks>
internal sealed class CycleArea
{
    private readonly LiveRows _rows;
    private readonly LiveOrders _orders;

    /// <summary>Looks for them.</summary>
    public CycleArea(LiveRows rows, LiveOrders orders)
    {
        _rows = rows;
        _orders = orders;
        foreach (IGrouping<int, RefusedArc> refused in orders.Uses.Refused.GroupBy(static arc => arc.Order))
        {
            foreach (int vertex in VerticesOf(orders[refused.Key], [.. refused]))
            {
                AddHome(orders[refused.Key], vertex);
            }
        }

        foreach (int row in orders.Uses.RefusedDependencies)
        {
            AddTogether(rows.Dependency(row));
        }
    }

    /// <summary>The sessions.</summary>
    public HashSet<int> Sessions { get; } = [];

    /// <summary>The objects that the kernel moves.</summary>
    public HashSet<int> KernelMoved { get; } = [];

    /// <summary>The graph of these sessions, all that is in them, and these objects.</summary>
    public DependencyGraph Graph()
    {
        List<FrozenSession> sessions = [];
        List<FrozenObject> objects = [];
        foreach (int row in Sessions)
        {
            FrozenSession session = FrozenSession.Of(_rows, row);
            sessions.Add(session);
            foreach (int own in session.Objects)
            {
                FrozenObject found = FrozenObject.Of(_rows, own);
                objects.Add(found);
                objects.AddRange(Array.ConvertAll(found.Carried, id => FrozenObject.Of(_rows, id)));
            }
        }

        foreach (int row in KernelMoved)
        {
            objects.Add(FrozenObject.Of(_rows, row));
        }

        sessions.Sort(static (x, y) => x.Place.CompareTo(y.Place));
        objects.Sort(static (x, y) => x.Arrival.CompareTo(y.Arrival));
        return LiveSnapshot.Of(
            [.. sessions],
            [.. objects],
            null,
            new RowNumbers(sessions.Count, id => sessions[id].Row),
            new RowNumbers(objects.Count, id => objects[id].Row));
    }

    private static HashSet<int> VerticesOf(LiveOrder kept, List<RefusedArc> refused)
    {
        IncrementalOrder order = kept.Order;
        long first = long.MaxValue;
        long last = long.MinValue;
        foreach (RefusedArc arc in refused)
        {
            first = Math.Min(first, order.PlaceOf(arc.Then));
            last = Math.Max(last, order.PlaceOf(arc.First));
        }

        long border = kept.HasBeginning ? order.PlaceOf(kept.BeginningEnd) : long.MinValue;
        bool isContradicted = first < border && border < last;
        CycleSide forward = new(
            order, refused, true, place => place <= last && (!isContradicted || place < border));
        CycleSide backward = new(
            order, refused, false, place => place >= first && (!isContradicted || place > border));
        if (isContradicted)
        {
            while (forward.TryStep() | backward.TryStep())
            {
            }

            return [.. forward.Found, .. backward.Found];
        }

        while (true)
        {
            if (!forward.TryStep())
            {
                return forward.Between();
            }

            if (!backward.TryStep())
            {
                return backward.Between();
            }
        }
    }

    private void AddHome(LiveOrder order, int vertex)
    {
        if (!order.TryFindThing(vertex, out int row, out bool isAct))
        {
            return;
        }

        Sessions.Add(isAct ? _rows.Object(row).Object.Act!.Session.Index
            : order.Unit == OrderUnit.Sessions ? row
            : _rows.SessionOf(row));
    }

    // A cycle inside one file lies in its session; one among what the kernel moves is reached from its end.
    private void AddTogether(in DependencyRow refused)
    {
        int start = refused.On.ObjectId.Index;
        if (_rows.SessionOf(start) is var session and >= 0)
        {
            Sessions.Add(session);
            return;
        }

        Queue<int> open = new([start]);
        KernelMoved.Add(start);
        while (open.TryDequeue(out int row))
        {
            int need = _rows.Object(row).Needs.FirstRow;
            for (; need >= 0; need = _rows.NextNeed(need))
            {
                DependencyEnd on = _rows.Dependency(need).On;
                if (!on.IsSession && _rows.Object(on.ObjectId.Index).Object.IsMovedByKernel
                    && KernelMoved.Add(on.ObjectId.Index))
                {
                    open.Enqueue(on.ObjectId.Index);
                }
            }
        }
    }
}
