namespace GraphOrder.Orleans;

/// <summary>What is stored of a host.</summary>
[GenerateSerializer]
internal sealed class HostState
{
    /// <summary>What is known of it.</summary>
    [Id(0)]
    public HostStanding Standing { get; set; } = new();

    /// <summary>Its set, as it was declared.</summary>
    [Id(1)]
    public byte[] Set { get; set; } = [];

    /// <summary>Its plan or refusal, with the certificate.</summary>
    [Id(2)]
    public byte[] Plan { get; set; } = [];

    /// <summary>Its last update; null for none yet.</summary>
    [Id(3)]
    public HostUpdate? Update { get; set; }

    /// <summary>The events so far, and the last of them.</summary>
    [Id(4)]
    public EventTail Events { get; set; } = new();

    /// <summary>
    /// The orders before that, and those that were refused: one that comes again long afterwards gets the
    /// answer that it got, and begins nothing.
    /// </summary>
    [Id(5)]
    public List<HostUpdate> Past { get; set; } = [];

    /// <summary>What there is against the set that was declared last and refused; null for none.</summary>
    [Id(6)]
    public HostStanding? Refused { get; set; }

    /// <summary>What became of an order; null where it is new.</summary>
    public HostUpdate? Find(UpdateOrder order) =>
        Update?.Order == order ? Update : Past.FindLast(past => past.Order == order);

    /// <summary>Keeps what became of an order when another is the last.</summary>
    public void Keep(HostUpdate past)
    {
        // A message does not live through as many orders as that.
        const int CountMax = 50;
        if (Past.Count == CountMax)
        {
            Past.RemoveAt(0);
        }

        Past.Add(past);
    }
}
