using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>How a roll-out stands. Immutable.</summary>
/// <param name="Id">Which.</param>
/// <param name="Standing">Where it stands.</param>
internal sealed record RolloutSummary(string Id, RolloutStanding Standing)
{
    /// <summary>Its hosts, added up.</summary>
    public WaveCounts Total => WaveCounts.Sum(Standing.Waves);

    /// <summary>What becomes of it, in a word.</summary>
    public string Word => Standing.Status switch
    {
        RolloutStatus.Running => "running",
        RolloutStatus.Paused => "paused",
        RolloutStatus.Aborted => "aborted",
        _ => "ended",
    };
}
