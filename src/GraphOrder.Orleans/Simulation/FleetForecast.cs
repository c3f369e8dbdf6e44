namespace GraphOrder.Orleans;

/// <summary>What became of a simulated roll-out. Immutable.</summary>
public sealed record FleetForecast
{
    /// <summary>Whether every host came to an end.</summary>
    public bool IsOver { get; init; }

    /// <summary>Until the last host came to an end, or it was given up.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Where the hosts stood then.</summary>
    public WaveCounts Counts { get; init; }

    /// <summary>How many waves there were.</summary>
    public int WaveCount { get; init; }

    /// <summary>How many hosts may be away at once in all domains together.</summary>
    public int PermitCount { get; init; }

    /// <summary>How many were away at once, at most: the hosts at risk.</summary>
    public int AwayMost { get; init; }

    /// <summary>How many were away in the mean over the whole time.</summary>
    public double AwayMean { get; init; }

    /// <summary>How many of one domain were away at once, at most.</summary>
    public int DomainAwayMost { get; init; }

    /// <summary>How often a planner node was lost.</summary>
    public int NodeLossCount { get; init; }

    /// <summary>How often a domain halted.</summary>
    public int HaltCount { get; init; }
}
