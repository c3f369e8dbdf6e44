namespace GraphOrder.Mappings;

/// <summary>Physical memory of one memfd, as a closed range. Immutable.</summary>
/// <param name="First">The first byte.</param>
/// <param name="Last">The last byte.</param>
/// <param name="Memfd">The memfd.</param>
/// <param name="Offset">The offset of the first byte in it.</param>
public readonly record struct OwnedExtent(ulong First, ulong Last, ObjectId Memfd, ulong Offset);
