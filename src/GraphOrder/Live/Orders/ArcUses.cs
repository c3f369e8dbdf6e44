namespace GraphOrder;

/// <summary>
/// The arcs that rows have put on the named orders, a list for each row, and the arcs that an order has
/// refused. Not thread-safe.
/// </summary>
internal sealed class ArcUses
{
    private readonly LiveOrder[] _orders;
    private PagedList<ArcUse> _uses = new();
    private int _freeUse;

    public ArcUses(LiveOrder[] orders)
    {
        _orders = orders;
        _uses.Add();
    }

    /// <summary>The arcs that would have closed a cycle; the orders are legal without them.</summary>
    public List<RefusedArc> Refused { get; } = [];

    /// <summary>
    /// The dependencies that close a cycle inside one file, or among what the kernel moves.
    /// </summary>
    public List<int> RefusedDependencies { get; } = [];

    /// <summary>Whether anything was refused since <see cref="ForgetRefused"/>.</summary>
    public bool HasRefused => Refused.Count > 0 || RefusedDependencies.Count > 0;

    /// <summary>Begins to note anew what is refused.</summary>
    public void ForgetRefused()
    {
        Refused.Clear();
        RefusedDependencies.Clear();
    }

    /// <summary>Puts an arc on an order for a row; where it would close a cycle, it is refused.</summary>
    public void Add(ref int firstUse, int order, int first, int then)
    {
        if (!_orders[order].TryAddArc(first, then, out int arc))
        {
            Refused.Add(new RefusedArc(order, first, then));
            return;
        }

        int use = _freeUse;
        if (use == 0)
        {
            use = _uses.Add();
        }
        else
        {
            _freeUse = _uses[use].Next;
        }

        _uses[use] = new ArcUse { Order = order, Arc = arc, Next = firstUse };
        firstUse = use;
    }

    /// <summary>Takes all arcs of a row from their orders.</summary>
    public void Remove(ref int firstUse)
    {
        while (firstUse != 0)
        {
            int use = firstUse;
            ref ArcUse removed = ref _uses[use];
            _orders[removed.Order].RemoveArc(removed.Arc);
            firstUse = removed.Next;
            removed.Next = _freeUse;
            _freeUse = use;
        }
    }

    // Number 0 is none.
    private struct ArcUse
    {
        public int Order;
        public int Arc;
        public int Next;
    }
}
