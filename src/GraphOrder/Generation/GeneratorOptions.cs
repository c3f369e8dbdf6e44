namespace GraphOrder;

/// <summary>Sizes and choices of a generated set; null takes the shape's own. Immutable.</summary>
public sealed record GeneratorOptions
{
    /// <summary>The shape's own sizes, seed 1.</summary>
    public static GeneratorOptions Default { get; } = new();

    /// <summary>How many sessions: guests for the shapes of real hosts.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many objects, for the shapes that are graphs and no hosts.</summary>
    public int? Objects { get; init; }

    /// <summary>How many dependencies, for <c>layered</c>.</summary>
    public int? Dependencies { get; init; }

    /// <summary>How many layers, for <c>layered</c>.</summary>
    public int? Layers { get; init; }

    /// <summary>How many vhost-user backends share the memory of the guests, for <c>microvm</c>.</summary>
    public int? Backends { get; init; }

    /// <summary>Whether devices' memory is unmapped from one another first, for <c>gpu-vm</c>.</summary>
    public bool UnmapPeerToPeer { get; init; }

    /// <summary>What <c>layered</c> draws from; the same seed gives the same set on every machine.</summary>
    public ulong Seed { get; init; } = 1;
}
