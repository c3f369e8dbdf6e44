namespace GraphOrder.Mappings;

/// <summary>A stretch of physical memory that belongs to one memfd, or to none. Immutable.</summary>
/// <param name="First">The first byte.</param>
/// <param name="Last">The last byte.</param>
/// <param name="Memfd">The memfd; null where it is nobody's.</param>
public readonly record struct OwnedExtent(ulong First, ulong Last, ObjectId? Memfd);
