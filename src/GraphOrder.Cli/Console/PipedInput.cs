using System.Diagnostics;

namespace GraphOrder.Cli;

/// <summary>
/// Standard input, whose end is no end of a document where Ctrl+C made it: it stops whoever writes into the
/// pipe too, and that may be seen before the signal has come to the token.
/// </summary>
/// <param name="input">What is read.</param>
/// <param name="cancellation">Cancelled by Ctrl+C.</param>
internal sealed class PipedInput(Stream input, CancellationToken cancellation) : Stream
{
    // Nobody presses it sooner, so a pipe that is read quickly is not waited for.
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(300);

    // How long a signal takes at most from the kernel to the token, with much room.
    private static readonly TimeSpan SignalTime = TimeSpan.FromMilliseconds(100);

    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = input.Read(buffer);
        if (count == 0 && !buffer.IsEmpty && Stopwatch.GetElapsedTime(_begun) > Soonest)
        {
            _ = cancellation.WaitHandle.WaitOne(SignalTime);
            cancellation.ThrowIfCancellationRequested();
        }

        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
