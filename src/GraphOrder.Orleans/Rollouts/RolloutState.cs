using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What is stored of a roll-out: nothing about single hosts once its parts have theirs.</summary>
[GenerateSerializer]
internal sealed class RolloutState
{
    /// <summary>What it is to do; without hosts once each part has its own; null before it begins.</summary>
    [Id(0)]
    public RolloutRequest? Request { get; set; }

    /// <summary>The failure domains that it has a part in.</summary>
    [Id(1)]
    public ImmutableArray<string> Domains { get; set; } = [];

    /// <summary>The hosts of this wave and those before it may go.</summary>
    [Id(2)]
    public int OpenWave { get; set; }

    /// <summary>How many waves there are.</summary>
    [Id(3)]
    public int WaveCount { get; set; }

    /// <summary>How many hosts there are.</summary>
    [Id(4)]
    public int HostCount { get; set; }

    /// <summary>What becomes of it.</summary>
    [Id(5)]
    public RolloutStatus Status { get; set; }

    /// <summary>Why it stands still.</summary>
    [Id(6)]
    public string Why { get; set; } = "";

    /// <summary>The failures that somebody has looked at: they pause it no more.</summary>
    [Id(7)]
    public int FailuresSeen { get; set; }

    /// <summary>How its waves ended; empty while something may still happen in it.</summary>
    [Id(8)]
    public ImmutableArray<WaveCounts> Final { get; set; } = [];

    /// <summary>The events so far, and the last of them.</summary>
    [Id(9)]
    public EventTail Events { get; set; } = new();
}
