using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// One thing that has happened to a grain. What a grain has stored has happened, and its events have the
/// numbers 1, 2, 3 and so on; the log may hold one twice, but never two of one number that differ. Immutable.
/// </summary>
/// <param name="Grain">To whom: <c>host/ID</c>, <c>domain/NAME</c>, <c>rollout/ID</c>.</param>
/// <param name="Kind">What.</param>
[GenerateSerializer]
[Immutable]
public sealed record FleetEvent(string Grain, FleetEventKind Kind)
{
    /// <summary>What the grain of a host is called.</summary>
    public const string HostPrefix = "host/";

    /// <summary>What the grain of a failure domain is called.</summary>
    public const string DomainPrefix = "domain/";

    /// <summary>What the grain of a roll-out, or of its part in a domain, is called.</summary>
    public const string RolloutPrefix = "rollout/";

    /// <summary>Its number in its grain, from 1 up; 0 for one that has none yet.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>The order that it is about; null for none.</summary>
    [Id(1)]
    public UpdateOrder? Order { get; init; }

    /// <summary>How an update ended.</summary>
    [Id(2)]
    public UpdateOutcome? Outcome { get; init; }

    /// <summary>How many hosts of the domain are away behind it; null where it is about none.</summary>
    [Id(3)]
    public int? Away { get; init; }

    /// <summary>How many may be.</summary>
    [Id(4)]
    public int? AwayMax { get; init; }

    /// <summary>The digest of a host's set; null where it is about none.</summary>
    [Id(5)]
    public string? Input { get; init; }

    /// <summary>Whether a host has a legal plan.</summary>
    [Id(6)]
    public bool? IsLegal { get; init; }

    /// <summary>How many hosts, or which wave, from 0 up.</summary>
    [Id(7)]
    public int? Count { get; init; }

    /// <summary>Why, in words.</summary>
    [Id(8)]
    public string? Why { get; init; }

    /// <summary>The events of others that had to be before it.</summary>
    [Id(9)]
    public ImmutableArray<EventReference> After { get; init; } = [];
}
