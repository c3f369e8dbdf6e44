using System.Buffers;

namespace GraphOrder;

/// <summary>
/// Takes a document while it is written, in rented memory, so that a failure half-way leaves nothing with
/// whoever asked. Not thread-safe.
/// </summary>
internal sealed class AnswerStream : Stream
{
    private const int FirstBytes = 1 << 14;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _count;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _count = 0;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _bytes.Length - _count)
        {
            Grow(buffer.Length);
        }

        buffer.CopyTo(_bytes.AsSpan(_count));
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _count = 0;
        }

        base.Dispose(disposing);
    }

    private void Grow(int added)
    {
        long wanted = Math.Max(2L * _bytes.Length, (long)_count + added);
        byte[] wider = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, wanted));
        _bytes.AsSpan(0, _count).CopyTo(wider);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = wider;
    }
}
