using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>An area of an IOAS as a domain's table should have it.</summary>
/// <param name="First">Its first input address.</param>
/// <param name="Last">Its last one.</param>
/// <param name="File">What it maps.</param>
/// <param name="Offset">Offset of the first byte in the file.</param>
/// <param name="Access">What the device may do, as the table's format can say it.</param>
/// <param name="Layout">Where the file lies; null where nothing is known of that.</param>
/// <param name="FileBytes">The size of the file; the greatest number where it is not known.</param>
internal sealed record ExpectedArea(
    ulong First, ulong Last, ObjectId File, ulong Offset, PageAccess Access, MemfdLayout? Layout,
    ulong FileBytes)
{
    /// <summary>Whether it maps the memory of a device: a dma-buf.</summary>
    public bool IsDeviceMemory { get; init; }
}
