using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What <c>walk</c> is asked. Immutable.</summary>
internal sealed record WalkQuery
{
    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>Physical address of the image's first byte; null where its layout tells.</summary>
    public ulong? BaseAddress { get; init; }

    /// <summary>Whether the image is mapped instead of read.</summary>
    public bool Map { get; init; }

    /// <summary>The root, where the user names it; then the format and level are those named too.</summary>
    public ulong? Root { get; init; }

    /// <summary>The format, with a root.</summary>
    public PageTableFormat? Format { get; init; }

    /// <summary>The root's level, with a root.</summary>
    public int TopLevel { get; init; }

    /// <summary>The register RTADDR.</summary>
    public ulong? RootTableAddress { get; init; }

    /// <summary>The device table of AMD.</summary>
    public ulong? DeviceTable { get; init; }

    /// <summary>The device, where the root is to be found.</summary>
    public DeviceAddress? Device { get; init; }

    /// <summary>The PASID; null is that of requests without one.</summary>
    public int? Pasid { get; init; }

    /// <summary>What is known of the platform.</summary>
    public required WalkFacts Facts { get; init; }

    /// <summary>Whose memory it may be; null where nobody asks.</summary>
    public WalkSet? Set { get; init; }

    /// <summary>How many faults are listed.</summary>
    public int FaultMax { get; init; }

    /// <summary>Whether runs are listed.</summary>
    public bool ListsRuns { get; init; }

    /// <summary>The words of the command line, as a shell takes them.</summary>
    public required string[] Words { get; init; }
}
