namespace GraphOrder.LiveUpdate;

/// <summary>
/// A chain of blocks of entries (include/linux/kho/abi/block.h): each a page with the address of the next and
/// a count from 1 up. Linux takes 10,000 blocks.
/// </summary>
internal static class BlockChain
{
    private const int HeaderBytes = 16;
    private const int BlocksMax = 10_000;

    /// <summary>The blocks, in order.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="entryBytes">Bytes of an entry.</param>
    /// <param name="what">What a block is called.</param>
    /// <param name="readPage">Reads and claims a page of a record.</param>
    /// <returns>For each block its address and the bytes of its entries, until the next is asked
    /// for.</returns>
    /// <exception cref="ImportException">A block is not sound.</exception>
    public static IEnumerable<(ulong Physical, ReadOnlyMemory<byte> Entries)> Read(
        ulong first, int entryBytes, string what, Action<ulong, byte[], string> readPage)
    {
        byte[] page = new byte[HandOverMemory.PageBytes];
        int capacity = (HandOverMemory.PageBytes - HeaderBytes) / entryBytes;
        int blocks = 0;
        for (ulong at = first; at != 0; at = HandOverMemory.Word(page, 0))
        {
            if (++blocks > BlocksMax)
            {
                throw ImportException.Contradicts(what, at, $"its chain has more than {BlocksMax} blocks");
            }

            readPage(at, page, what);
            ulong count = HandOverMemory.Word(page, 8);
            if (count == 0 || count > (ulong)capacity)
            {
                throw ImportException.Contradicts(
                    what, at, $"it says {count} entries, and a block has 1 to {capacity}");
            }

            yield return (at, page.AsMemory(HeaderBytes, (int)count * entryBytes));
        }
    }
}
