using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>
/// An image read by positional reads. A file that shrinks meanwhile answers false where it ends. The file
/// stays open as long as its <see cref="PhysicalImage"/>.
/// </summary>
/// <remarks>
/// Where tables follow one another in the file, up to 256 KiB of them are read at once: what it answers may
/// be as old as the read of the first of them.
/// </remarks>
public struct FileMemory : IPhysicalMemory
{
    private readonly SafeFileHandle _file;
    private readonly MemorySegments _segments;
    private ReadAhead? _ahead;
    private int _guess;

    internal FileMemory(SafeFileHandle file, MemorySegments segments)
    {
        _file = file;
        _segments = segments;
        _ahead = null;
        _guess = 0;
    }

    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes) => _segments.Contains(physical, bytes, ref _guess);

    /// <inheritdoc/>
    public readonly bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        words = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        words = buffer;
        ulong behindFirst = (ulong)buffer.Length * sizeof(ulong) - 1;
        if (buffer.Length > 0 && _segments.TryFind(physical, ref _guess, out MemorySegment segment)
            && segment.Last - physical >= behindFirst
            && segment.FileOffset <= ulong.MaxValue - (physical - segment.First))
        {
            // A copy that goes to another thread gets its own.
            _ahead = _ahead is { IsOwn: true } ? _ahead : new();
            return _ahead.TryRead(
                _file, segment.FileOffset + (physical - segment.First), buffer, out words);
        }

        return TryReadPieces(physical, MemoryMarshal.AsBytes(buffer));
    }

    // A table of 64 KiB may lie in several segments of a page list.
    private bool TryReadPieces(ulong physical, Span<byte> rest)
    {
        while (rest.Length > 0)
        {
            if (!_segments.TryFind(physical, ref _guess, out MemorySegment segment))
            {
                return false;
            }

            ulong into = physical - segment.First;
            ulong behind = segment.Last - physical;
            int piece = behind >= (ulong)rest.Length ? rest.Length : (int)behind + 1;
            if (segment.FileOffset > ulong.MaxValue - into
                || !ImageFile.TryRead(_file, segment.FileOffset + into, rest[..piece]))
            {
                return false;
            }

            rest = rest[piece..];
            if (rest.Length > 0 && segment.Last == ulong.MaxValue)
            {
                return false;
            }

            physical += rest.Length > 0 ? (ulong)piece : 0;
        }

        return true;
    }
}
