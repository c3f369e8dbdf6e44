using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>
/// Reads of one walk, with as few calls as may be: where whole tables follow one another in the file, the
/// next ones are read with this one, the more the longer it pays. Not thread-safe.
/// </summary>
internal sealed class ReadAhead
{
    // What fits into the second-level cache, so that it is still there when it is looked at.
    private const int WindowMax = 256 << 10;
    private const int GrowthLg2 = 2;

    // Short reads are of entries that stay in use while others are read.
    private const int TableBytesMin = 4096;

    // A page of a list has its address in front of it.
    private const ulong GapMax = 8;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private ulong[] _words = [];
    private ulong _first;
    private int _held;
    private int _used;
    private ulong _next = ulong.MaxValue;
    private int _window;

    /// <summary>Whether it was made by the thread that asks.</summary>
    public bool IsOwn => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Reads words.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where they begin in it.</param>
    /// <param name="buffer">As many as are wanted.</param>
    /// <param name="words">The words: the buffer, or words of this object until the next read.</param>
    /// <returns>Whether all of them were there.</returns>
    public bool TryRead(
        SafeFileHandle file, ulong offset, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        int bytes = buffer.Length * sizeof(ulong);
        words = buffer;
        if (bytes < TableBytesMin || offset > long.MaxValue)
        {
            return ImageFile.TryRead(file, offset, buffer);
        }

        bool isNext = offset >= _next && offset - _next <= GapMax;
        _next = offset + (ulong)bytes;
        if (TryTake(offset, buffer.Length, out words))
        {
            return true;
        }

        if (isNext && TryFill(file, offset, bytes) && TryTake(offset, buffer.Length, out words))
        {
            return true;
        }

        words = buffer;
        return ImageFile.TryRead(file, offset, buffer);
    }

    private bool TryTake(ulong offset, int count, out ReadOnlySpan<ulong> words)
    {
        int bytes = count * sizeof(ulong);
        ulong into = unchecked(offset - _first);
        bool isHeld = offset >= _first && into % sizeof(ulong) == 0
            && into <= (ulong)_held && (ulong)bytes <= (ulong)_held - into;
        words = isHeld ? _words.AsSpan((int)into / sizeof(ulong), count) : default;
        _used = isHeld ? Math.Max(_used, (int)into + bytes) : _used;
        return isHeld;
    }

    // Reads a window; it shrinks where little of the last one was used.
    private bool TryFill(SafeFileHandle file, ulong offset, int bytes)
    {
        bool pays = _used >= _held / 2;
        _window = pays
            ? Math.Min(Math.Max(_window, bytes) << GrowthLg2, WindowMax)
            : _window >> GrowthLg2;
        _used = 0;
        _held = 0;
        if (_window <= bytes)
        {
            return false;
        }

        if (_words.Length == 0)
        {
            _words = new ulong[WindowMax / sizeof(ulong)];
        }

        Span<ulong> window = _words.AsSpan(0, _window / sizeof(ulong));
        _first = offset;
        _held = ImageFile.ReadSome(file, offset, MemoryMarshal.AsBytes(window));
        return true;
    }
}
