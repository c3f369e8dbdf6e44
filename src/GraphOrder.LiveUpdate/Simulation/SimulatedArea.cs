namespace GraphOrder.LiveUpdate;

/// <summary>An area of an address space of an iommufd.</summary>
/// <param name="File">The memory that it maps; null where it maps memory of the process.</param>
/// <param name="WasSealed">Whether that was sealed against change of its size when it was mapped.</param>
internal sealed record SimulatedArea(OpenFile? File, bool WasSealed);
