namespace GraphOrder.Orleans;

/// <summary>What a failure domain has to remember. Changed by <see cref="PermitBook"/> alone.</summary>
[GenerateSerializer]
public sealed class PermitBookState
{
    /// <summary>What the domain allows.</summary>
    [Id(0)]
    public DomainPolicy Policy { get; set; } = new();

    /// <summary>The hosts that are away, in the order in which they went.</summary>
    [Id(1)]
    public List<Permit> Away { get; set; } = [];

    /// <summary>How many hosts have failed since somebody last said that it may go on.</summary>
    [Id(2)]
    public int FailureCount { get; set; }

    /// <summary>The events so far, and the last of them.</summary>
    [Id(3)]
    public EventTail Events { get; set; } = new();
}
