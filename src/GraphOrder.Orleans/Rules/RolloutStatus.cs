namespace GraphOrder.Orleans;

/// <summary>What becomes of a roll-out.</summary>
public enum RolloutStatus
{
    /// <summary>Hosts are being updated.</summary>
    Running,

    /// <summary>No further host begins until somebody resumes it.</summary>
    Paused,

    /// <summary>No further host begins.</summary>
    Aborted,

    /// <summary>Every host has come to an end.</summary>
    Ended,
}
