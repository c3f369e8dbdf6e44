using System.Buffers;

namespace GraphOrder.LiveUpdate;

/// <summary>The bytes of one record, written and then changed at its end. It keeps its memory.</summary>
internal sealed class LineBuffer : IBufferWriter<byte>
{
    private const int FirstBytes = 1 << 12;
    private const int LeastRoom = 256;

    private byte[] _bytes = new byte[FirstBytes];
    private int _count;

    /// <summary>What was written.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Nothing was written.</summary>
    public void Clear() => _count = 0;

    /// <summary>Takes bytes back from the end.</summary>
    public void Drop(int count) => _count -= count;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _count += bytes.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    private void Reserve(int sizeHint)
    {
        int room = Math.Max(sizeHint, LeastRoom);
        if (_bytes.Length - _count < room)
        {
            Array.Resize(ref _bytes, checked((int)Math.Min(
                Math.Max((long)_bytes.Length * 2, (long)_count + room), Array.MaxLength)));
        }
    }
}
