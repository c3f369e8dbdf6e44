using System.Buffers;

namespace GraphOrder.Native;

/// <summary>Bytes of the caller as memory, for as long as its call lasts.</summary>
internal sealed unsafe class RequestBytes(byte* first, int length) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(first, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(first + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
