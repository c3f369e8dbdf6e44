using GraphOrder.PageTables;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set from a hand-over that lies in an image of memory: the sessions that the kernel has, in
/// its order, and where their memory is. Thread-safe; an image belongs to one call at a time.
/// </summary>
public static class HandOverImport
{
    /// <summary>Reads a hand-over (Linux 7.3: kho-v4, luo-v5, memfd-v2).</summary>
    /// <param name="image">The image.</param>
    /// <param name="root">Where it begins; a page list KHOPAGES says so itself.</param>
    /// <param name="cancellation">Checked for each block of files.</param>
    public static ImportResult Read(
        PhysicalImage image, HandOverRoot root = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ulong? word = image.Layout == ImageLayout.KhoPageList ? image.Word : null;
        return ImportedSet.Make(
            () => HandOverReader.Read(new HandOverMemory(image), root, word, cancellation), cancellation);
    }
}
