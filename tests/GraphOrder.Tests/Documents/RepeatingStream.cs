namespace GraphOrder.Tests.Documents;

/// <summary>A long document that is never in memory: a head, a body many times over, a tail.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] body, int count, byte[] tail) : Stream
{
    private int _part = -1;
    private int _at;

    public long TotalBytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => TotalBytes;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length && _part <= count)
        {
            byte[] part = _part < 0 ? head : _part < count ? body : tail;
            int taken = Math.Min(part.Length - _at, buffer.Length - filled);
            part.AsSpan(_at, taken).CopyTo(buffer[filled..]);
            filled += taken;
            _at += taken;
            if (_at == part.Length)
            {
                _part++;
                _at = 0;
            }
        }

        TotalBytes += filled;
        return filled;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
