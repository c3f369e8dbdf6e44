namespace GraphOrder.Tests.Documents;

/// <summary>Gives a few bytes at a time, as a pipe or a socket may.</summary>
internal sealed class TrickleStream(byte[] bytes, int bytesAtATime) : MemoryStream(bytes, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, Math.Min(count, bytesAtATime));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, bytesAtATime)]);
}
