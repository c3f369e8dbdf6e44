namespace GraphOrder.LiveUpdate;

/// <summary>An open file of a process.</summary>
/// <param name="Process">The process.</param>
/// <param name="Descriptor">Its number there.</param>
/// <param name="Link">What its link says.</param>
/// <param name="Kind">What it is.</param>
internal sealed record HostFile(HostProcess Process, int Descriptor, string Link, ObjectKind Kind)
{
    /// <summary>Device and inode; null where neither can be told.</summary>
    public string? Inode { get; init; }

    public long? Bytes { get; init; }

    /// <summary>What it takes of memory now; preserving fills the holes.</summary>
    public long? AllocatedBytes { get; init; }

    public Seals? Seals { get; init; }

    /// <summary>Its object in the set; several files of one inode have one.</summary>
    public ImportedObject? Object { get; set; }
}
