namespace GraphOrder.PageTables;

/// <summary>
/// Where table pages are read from. A struct is passed as a type parameter, so that a walk is compiled for
/// it; a copy belongs to one walk and one thread. Nothing an address says is trusted: what is not there is
/// answered with false, never with an exception.
/// </summary>
public interface IPhysicalMemory
{
    /// <summary>
    /// Whether the image says that it has these bytes. They may still be missing when read.
    /// </summary>
    /// <param name="physical">Physical address of the first byte.</param>
    /// <param name="bytes">At least one.</param>
    bool Contains(ulong physical, ulong bytes);

    /// <summary>Reads little-endian words.</summary>
    /// <param name="physical">Physical address of the first word; a multiple of 8.</param>
    /// <param name="buffer">As many words as are wanted; used where they must be copied.</param>
    /// <param name="words">
    /// The words: the buffer, or the memory's own until the next read of this copy. Fewer than 512 words are
    /// lent only by memory that can lend (<see cref="TryLend"/>), and stay.
    /// </param>
    /// <returns>Whether every byte was there.</returns>
    bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words);

    /// <summary>
    /// Lends little-endian words where they lie, so that they can be fetched ahead of time; nothing is read.
    /// </summary>
    /// <param name="physical">Physical address of the first word; a multiple of 8.</param>
    /// <param name="count">How many.</param>
    /// <param name="words">The words, or an empty span.</param>
    /// <returns>Whether this memory can lend them; false where it copies what it reads.</returns>
    bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words);
}
