namespace GraphOrder.PageTables;

/// <summary>How an image is opened. Immutable.</summary>
public sealed record ImageOptions
{
    /// <summary>Positional reads, layout by the first bytes.</summary>
    public static ImageOptions Default { get; } = new();

    /// <summary>
    /// Physical address of the file's first byte, a multiple of 8: the file is then raw, whatever its first
    /// bytes say.
    /// </summary>
    public ulong? BaseAddress { get; init; }

    /// <summary>
    /// Whether the file is mapped too, so that <see cref="PhysicalImage.Mapped"/> can be used.
    /// </summary>
    public bool Map { get; init; }
}
