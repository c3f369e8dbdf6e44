using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>
/// An image read by positional reads. A file that shrinks meanwhile answers false where it ends. The file
/// stays open as long as its <see cref="PhysicalImage"/>.
/// </summary>
public struct FileMemory : IPhysicalMemory
{
    private readonly SafeFileHandle _file;
    private readonly MemorySegments _segments;
    private int _guess;

    internal FileMemory(SafeFileHandle file, MemorySegments segments)
    {
        _file = file;
        _segments = segments;
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
        Span<byte> rest = MemoryMarshal.AsBytes(buffer);
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
