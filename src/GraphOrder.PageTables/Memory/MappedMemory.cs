using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <summary>
/// An image in the address space: table pages are lent where they lie. A file that shrinks meanwhile ends
/// the process. Valid as long as its <see cref="PhysicalImage"/>. Needs a little-endian machine.
/// </summary>
public struct MappedMemory : IPhysicalMemory
{
    private readonly MappedFile _file;
    private readonly MemorySegments _segments;
    private int _guess;

    internal MappedMemory(MappedFile file, MemorySegments segments)
    {
        _file = file;
        _segments = segments;
        _guess = 0;
    }

    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes) => _segments.Contains(physical, bytes, ref _guess);

    /// <inheritdoc/>
    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        int bytes = count * sizeof(ulong);
        words = default;
        if (!_segments.TryFind(physical, ref _guess, out MemorySegment segment)
            || segment.Last - physical < (ulong)bytes - 1)
        {
            return false;
        }

        ulong offset = unchecked(segment.FileOffset + (physical - segment.First));
        ReadOnlySpan<byte> lent = offset < segment.FileOffset ? default : _file.Bytes(offset, bytes);
        words = MemoryMarshal.Cast<byte, ulong>(lent);
        return lent.Length == bytes;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        if (TryLend(physical, buffer.Length, out words))
        {
            return true;
        }

        words = buffer;
        return TryCopy(physical, MemoryMarshal.AsBytes(buffer));
    }

    // A table of 64 KiB may lie in several segments of a page list.
    private bool TryCopy(ulong physical, Span<byte> rest)
    {
        while (rest.Length > 0)
        {
            if (!_segments.TryFind(physical, ref _guess, out MemorySegment segment))
            {
                return false;
            }

            ulong behind = segment.Last - physical;
            int piece = behind >= (ulong)rest.Length ? rest.Length : (int)behind + 1;
            ulong offset = unchecked(segment.FileOffset + (physical - segment.First));
            ReadOnlySpan<byte> lent = offset < segment.FileOffset ? default : _file.Bytes(offset, piece);
            if (lent.Length != piece || (piece < rest.Length && segment.Last == ulong.MaxValue))
            {
                return false;
            }

            lent.CopyTo(rest);
            rest = rest[piece..];
            physical += rest.Length > 0 ? (ulong)piece : 0;
        }

        return true;
    }
}
