namespace GraphOrder.Orleans;

/// <summary>
/// What the part of a roll-out in one failure domain has to remember. Changed by <see cref="RolloutBoard"/>
/// alone.
/// </summary>
[GenerateSerializer]
public sealed class RolloutBoardState
{
    /// <summary>Its hosts; empty where it has not begun.</summary>
    [Id(0)]
    public List<HostProgress> Hosts { get; set; } = [];

    /// <summary>The hosts of this wave and those before it may go; -1 for none.</summary>
    [Id(1)]
    public int OpenWave { get; set; } = -1;

    /// <summary>Whether hosts may begin.</summary>
    [Id(2)]
    public RolloutStatus Status { get; set; } = RolloutStatus.Running;

    /// <summary>The events so far, and the last of them.</summary>
    [Id(3)]
    public EventTail Events { get; set; } = new();
}
