using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>How far a host of a roll-out has come. Changed by <see cref="RolloutBoard"/> alone.</summary>
/// <param name="host">Which host.</param>
/// <param name="wave">Its wave, from 0 up.</param>
[GenerateSerializer]
public sealed class HostProgress(FleetHost host, int wave)
{
    /// <summary>Which host.</summary>
    [Id(0)]
    public FleetHost Host { get; } = host;

    /// <summary>Its wave, from 0 up.</summary>
    [Id(1)]
    public int Wave { get; } = wave;

    /// <summary>Where it stands.</summary>
    [Id(2)]
    public HostStage Stage { get; set; }

    /// <summary>The attempt that is asked for, runs or has ended; 0 for none yet.</summary>
    [Id(3)]
    public int Attempt { get; set; }

    /// <summary>Why it is blocked, or failed; empty where it is not, or nobody knows.</summary>
    [Id(4)]
    public string Why { get; set; } = "";

    /// <summary>The event that gave its permit; 0 for none.</summary>
    [Id(5)]
    public long Permit { get; set; }

    /// <summary>Its event that says how its update ended; 0 for none.</summary>
    [Id(6)]
    public long Ended { get; set; }

    /// <summary>
    /// How the updates that it needs have ended, and what was heard last of its roll-out when it asked.
    /// </summary>
    [Id(7)]
    public ImmutableArray<EventReference> Needed { get; set; } = [];

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => Stage is HostStage.Done or HostStage.Failed or HostStage.Blocked;
}
