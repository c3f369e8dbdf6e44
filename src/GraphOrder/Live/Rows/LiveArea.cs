namespace GraphOrder;

/// <summary>A range that an IOAS maps to a file.</summary>
/// <param name="Range">Where.</param>
/// <param name="File">The row of the file.</param>
/// <param name="Offset">Offset of the first byte in that file.</param>
/// <param name="Access">What a device may do there.</param>
internal readonly record struct LiveArea(IovaRange Range, int File, ulong Offset, Access Access)
{
    /// <summary>The area as a set lists it, with the file's id there.</summary>
    public IoasArea With(ObjectId file) =>
        new(Range.First, checked((long)(Range.Last - Range.First + 1)), file, Offset, Access);
}
