namespace GraphOrder.Orleans;

/// <summary>What has happened.</summary>
public enum FleetEventKind
{
    /// <summary>A host has another set, and a plan or none for it.</summary>
    HostPlanned,

    /// <summary>The update of a host has begun.</summary>
    UpdateBegun,

    /// <summary>The update of a host has ended.</summary>
    UpdateEnded,

    /// <summary>A domain has given a permit: the host is away.</summary>
    PermitGiven,

    /// <summary>The host is updated and settles; it is still away.</summary>
    PermitSettling,

    /// <summary>The host failed; it is away until somebody repairs it.</summary>
    PermitFailed,

    /// <summary>The host is no longer away.</summary>
    PermitFree,

    /// <summary>More hosts have failed than the domain allows: no more permits.</summary>
    DomainHalted,

    /// <summary>Somebody has said that the domain may go on.</summary>
    DomainResumed,

    /// <summary>What the domain allows has changed.</summary>
    DomainPolicy,

    /// <summary>A host will not be updated in this roll-out.</summary>
    HostBlocked,

    /// <summary>A roll-out has begun.</summary>
    RolloutStarted,

    /// <summary>The hosts of a wave may be updated.</summary>
    WaveOpened,

    /// <summary>No further host begins.</summary>
    RolloutPaused,

    /// <summary>It goes on.</summary>
    RolloutResumed,

    /// <summary>No further host begins, for good.</summary>
    RolloutAborted,

    /// <summary>Every host has come to an end.</summary>
    RolloutEnded,
}
