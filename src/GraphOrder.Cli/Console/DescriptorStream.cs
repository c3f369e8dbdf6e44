using System.Runtime.InteropServices;

namespace GraphOrder.Cli;

/// <summary>
/// Writes to a descriptor that others may write to as well, wherever it stands by then. Who reads no more of a
/// pipe is no error: what is written then goes nowhere.
/// </summary>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = TerminalLibrary.Write(descriptor, buffer);
            int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            switch (error)
            {
                case 0: buffer = buffer[(int)written..]; break;
                case TerminalLibrary.Interrupted: break;
                case TerminalLibrary.Again: TerminalLibrary.AwaitRoom(descriptor); break;
                case TerminalLibrary.BrokenPipe: return;
                default: throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
