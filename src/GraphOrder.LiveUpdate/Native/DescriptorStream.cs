using System.Runtime.InteropServices;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Writes to a descriptor that others may write to as well, wherever it stands by then, and does nothing else
/// to it: .NET's own streams of a terminal switch its keypad. That nobody reads a pipe any more is no error:
/// what is written then goes nowhere. The descriptor stays open. Not thread-safe.
/// </summary>
/// <param name="descriptor">The descriptor.</param>
public sealed class DescriptorStream(int descriptor) : Stream
{
    private const int BrokenPipe = 32;
    private const int CanBeWritten = 4;
    private const nuint GetWindowSize = 0x5413;

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

    /// <summary>How many columns a terminal has; 0 where it does not say, or is none.</summary>
    /// <param name="descriptor">Its descriptor.</param>
    public static unsafe int ColumnsOf(int descriptor)
    {
        // struct winsize: rows, columns, and both in pixels (man ioctl_tty).
        ushort* size = stackalloc ushort[4];
        return LinuxLibrary.DeviceControl(descriptor, GetWindowSize, (byte*)size) == 0 ? size[1] : 0;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be written.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* first = buffer)
            {
                written = LinuxLibrary.Write(descriptor, first, (nuint)buffer.Length);
            }

            int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            switch (error)
            {
                case 0: buffer = buffer[(int)written..]; break;
                case (int)Errno.Interrupted: break;
                case (int)Errno.TryAgain: AwaitRoom(); break;
                case BrokenPipe: return;
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

    // Somebody made it not wait. struct pollfd: the descriptor, two bytes of what is asked, two of what is.
    private unsafe void AwaitRoom()
    {
        long asked = (uint)descriptor | ((long)CanBeWritten << 32);
        _ = LinuxLibrary.Poll(&asked, 1, -1);
    }
}
