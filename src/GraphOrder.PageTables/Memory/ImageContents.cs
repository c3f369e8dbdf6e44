namespace GraphOrder.PageTables;

/// <summary>What the headers of an image say.</summary>
/// <param name="Layout">Its layout.</param>
/// <param name="Word">The word of a page list.</param>
/// <param name="Segments">Its segments, in the order of the file.</param>
internal readonly record struct ImageContents(ImageLayout Layout, ulong? Word, MemorySegment[] Segments);
