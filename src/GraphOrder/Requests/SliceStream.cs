namespace GraphOrder;

/// <summary>Reads memory as a stream, for readers of documents. Not thread-safe.</summary>
internal sealed class SliceStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private int _position;

    /// <summary>
    /// The limits for reading so many bytes: no value in them is longer than they are, and a reader that
    /// knows it takes a buffer no larger than it needs.
    /// </summary>
    public static ReaderLimits LimitsOf(ReaderLimits limits, ReadOnlyMemory<byte> bytes) => limits with
    {
        TokenBytesMax = Math.Min(limits.TokenBytesMax, Math.Max(1, bytes.Length)),
    };

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte() => _position < bytes.Length ? bytes.Span[_position++] : -1;

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
