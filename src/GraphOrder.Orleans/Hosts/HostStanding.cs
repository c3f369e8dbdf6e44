using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What a host grain knows of its host. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed record HostStanding
{
    /// <summary>Nothing is known of it.</summary>
    public static HostStanding None { get; } = new();

    /// <summary>The digest of its set; null where none was declared.</summary>
    [Id(0)]
    public string? Input { get; init; }

    /// <summary>Whether both kernels would accept every step of a legal plan.</summary>
    [Id(1)]
    public bool IsReady { get; init; }

    /// <summary>What stands against it, as codes, worst first; empty where it is ready.</summary>
    [Id(2)]
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>The first of it in a sentence; empty where it is ready.</summary>
    [Id(3)]
    public string Why { get; init; } = "";
}
