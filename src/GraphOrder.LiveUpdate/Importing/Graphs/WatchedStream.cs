namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads another stream, keeps how it begins, and knows whether somebody read to its end. Not thread-safe;
/// the other stream belongs to the caller.
/// </summary>
/// <param name="read">The other stream.</param>
internal sealed class WatchedStream(Stream read) : Stream
{
    private const int HeadMax = 1 << 12;

    private readonly byte[] _head = new byte[HeadMax];
    private int _kept;

    /// <summary>The first 4096 bytes, as far as they were read.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _kept);

    /// <summary>Whether more was asked for than there is.</summary>
    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = read.Read(buffer);
        IsAtEnd |= count == 0 && buffer.Length > 0;
        int kept = Math.Min(count, HeadMax - _kept);
        buffer[..kept].CopyTo(_head.AsSpan(_kept));
        _kept += kept;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
