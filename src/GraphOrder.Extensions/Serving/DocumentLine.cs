using System.Buffers;

namespace GraphOrder.Extensions;

/// <summary>
/// Bytes on their way out, in rented memory: a document, or the line that it becomes. Not thread-safe.
/// </summary>
internal sealed class DocumentLine : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 1 << 14;
    private const byte LineFeed = (byte)'\n';

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _count;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>How many bytes were written.</summary>
    public int Length => _count;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            (uint)count, (uint)(_bytes.Length - _count), nameof(count));
        _count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// Writes a document without its line feeds and the indentation behind them. A string of JSON never holds
    /// a line feed, so what is left says exactly the same.
    /// </summary>
    public void WriteJoined(ReadOnlySpan<byte> document)
    {
        Span<byte> room = GetSpan(document.Length);
        int count = 0;
        while (!document.IsEmpty)
        {
            int length = document.IndexOf(LineFeed);
            length = length < 0 ? document.Length : length;
            document[..length].CopyTo(room[count..]);
            count += length;
            document = document[length..];
            int behind = document.IsEmpty ? -1 : document[1..].IndexOfAnyExcept((byte)' ');
            document = behind < 0 ? default : document[(behind + 1)..];
        }

        _count += count;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private void Reserve(int wanted)
    {
        wanted = Math.Max(1, wanted);
        if (wanted <= _bytes.Length - _count)
        {
            return;
        }

        long length = Math.Max(2L * _bytes.Length, (long)_count + wanted);
        byte[] wider = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, length));
        _bytes.AsSpan(0, _count).CopyTo(wider);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = wider;
    }
}
