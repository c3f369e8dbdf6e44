using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Where a roll-out stands. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed record RolloutStanding
{
    /// <summary>Whether there is such a roll-out.</summary>
    [Id(0)]
    public bool IsStarted { get; init; }

    /// <summary>What becomes of it.</summary>
    [Id(1)]
    public RolloutStatus Status { get; init; }

    /// <summary>The wave whose hosts go, from 0 up.</summary>
    [Id(2)]
    public int OpenWave { get; init; }

    /// <summary>How the hosts of each wave stand, as far as the failure domains have told.</summary>
    [Id(3)]
    public ImmutableArray<WaveCounts> Waves { get; init; } = [];

    /// <summary>How many hosts there are.</summary>
    [Id(4)]
    public int HostCount { get; init; }

    /// <summary>Why it stands still; empty where it does not.</summary>
    [Id(5)]
    public string Why { get; init; } = "";

    /// <summary>What failure domains allow it; null where there is no such roll-out.</summary>
    [Id(6)]
    public DomainPolicy? Policy { get; init; }

    /// <summary>The roll-out whose rest it takes (<see cref="RolloutRequest.RestOf"/>); null for
    /// none.</summary>
    [Id(7)]
    public string? RestOf { get; init; }

    /// <summary>Whether no further host begins in it, for good.</summary>
    public bool IsClosed => Status is RolloutStatus.Aborted or RolloutStatus.Ended;

    /// <summary>Whether nothing more happens in it.</summary>
    public bool IsOver => IsClosed && WaveCounts.Sum(Waves).Updating == 0;
}
