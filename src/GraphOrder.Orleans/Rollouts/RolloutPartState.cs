namespace GraphOrder.Orleans;

/// <summary>What is stored of a roll-out's part.</summary>
[GenerateSerializer]
internal sealed class RolloutPartState
{
    /// <summary>Its hosts.</summary>
    [Id(0)]
    public RolloutBoardState Board { get; set; } = new();

    /// <summary>How many hosts ask for a permit at once, at most.</summary>
    [Id(1)]
    public int CountMax { get; set; } = 1;

    /// <summary>The number of the last event of the roll-out that it has heard of; 0 for none.</summary>
    [Id(2)]
    public long Heard { get; set; }
}
