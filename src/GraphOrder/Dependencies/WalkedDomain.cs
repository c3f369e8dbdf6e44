using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What the page table of an iommu_domain maps, or why it could not be read. Immutable.</summary>
/// <param name="Domain">The domain.</param>
public sealed record WalkedDomain(ObjectId Domain)
{
    /// <summary>Whose memory it maps, in document order; each memfd once.</summary>
    public ImmutableArray<MappedOwner> Owners { get; init; } = [];

    /// <summary>What is wrong with the table, and what is worth knowing of it.</summary>
    public ImmutableArray<Diagnostic> Findings { get; init; } = [];

    /// <summary>Why nothing was walked, in a few words; null where it was.</summary>
    public string? WhyNot { get; init; }
}

/// <summary>A memfd that a page table maps, with the first place as a witness.</summary>
/// <param name="Memfd">The memfd.</param>
/// <param name="FirstIova">The lowest I/O virtual address that leads into it.</param>
/// <param name="FirstPhysical">Where that leads.</param>
/// <param name="Bytes">How many bytes are mapped, each mapping counted.</param>
/// <param name="Access">What a device may do, somewhere in it.</param>
public readonly record struct MappedOwner(
    ObjectId Memfd, ulong FirstIova, ulong FirstPhysical, long Bytes, Access Access);
