namespace GraphOrder.Orleans;

/// <summary>Where a host of a roll-out stands.</summary>
public enum HostStage
{
    /// <summary>Its wave is not open, or others have the permits.</summary>
    Waiting,

    /// <summary>A permit is asked for.</summary>
    Asking,

    /// <summary>It has a permit and is being updated.</summary>
    Updating,

    /// <summary>It is updated.</summary>
    Done,

    /// <summary>Its update failed.</summary>
    Failed,

    /// <summary>It is not updated in this roll-out: what it needs is not, or it cannot be.</summary>
    Blocked,
}
