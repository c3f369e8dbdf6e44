namespace GraphOrder.Mappings;

/// <summary>Why memory cannot be a memfd's.</summary>
/// <param name="Other">Who has it already; null where it lies too far from the rest.</param>
/// <param name="Physical">The first byte of it.</param>
internal readonly record struct OwnerFlaw(ObjectId? Other, ulong Physical);
