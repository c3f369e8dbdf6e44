using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Memory that the caller holds: one piece, from a base address on. It is lent, not copied; whoever changes
/// it during a walk sees some words old and some new. Needs a little-endian machine.
/// </summary>
/// <param name="memory">The bytes.</param>
/// <param name="baseAddress">Physical address of the first byte; a multiple of 8.</param>
public readonly struct CallerMemory(ReadOnlyMemory<byte> memory, ulong baseAddress = 0) : IPhysicalMemory
{
    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes) =>
        physical >= baseAddress
        && physical - baseAddress <= (ulong)memory.Length
        && bytes <= (ulong)memory.Length - (physical - baseAddress);

    /// <inheritdoc/>
    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        int bytes = count * sizeof(ulong);
        bool isHeld = Contains(physical, (ulong)bytes);
        words = isHeld
            ? MemoryMarshal.Cast<byte, ulong>(memory.Span.Slice((int)(physical - baseAddress), bytes))
            : default;
        return isHeld;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words) =>
        TryLend(physical, buffer.Length, out words);
}
