using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What a set says of the host. Immutable; null where it says nothing.</summary>
public sealed record HostFacts
{
    /// <summary>Name of the kernel profile that runs now.</summary>
    public string? Kernel { get; init; }

    /// <summary>Name of the kernel profile that will run next.</summary>
    public string? NextKernel { get; init; }

    /// <summary>Free memory in bytes.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>How long the jump into the next kernel takes, in microseconds.</summary>
    public long? KexecMicroseconds { get; init; }
}

/// <summary>Physical ranges of the machine that a page table may or may not point at. Immutable; null where
/// nothing is said.</summary>
public sealed record PlatformFacts
{
    /// <summary>Ranges that are preserved beside the set's own memfds.</summary>
    public ImmutableArray<PhysicalRange>? Preserved { get; init; }

    /// <summary>The kexec handover's scratch ranges.</summary>
    public ImmutableArray<PhysicalRange>? Scratch { get; init; }

    /// <summary>Ranges of device memory.</summary>
    public ImmutableArray<PhysicalRange>? Mmio { get; init; }
}
