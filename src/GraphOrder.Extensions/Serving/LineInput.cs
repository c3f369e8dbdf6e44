using System.Buffers;
using System.Net.Sockets;

namespace GraphOrder.Extensions;

/// <summary>What <see cref="LineInput"/> found next.</summary>
internal enum InputKind
{
    /// <summary>A line, in <see cref="LineInput.Line"/>.</summary>
    Line,

    /// <summary>A line that is longer than one may be; it is skipped.</summary>
    TooLong,

    /// <summary>A line for which there is no memory now; it is skipped.</summary>
    NoRoom,

    /// <summary>The client sends no more.</summary>
    End,
}

/// <summary>
/// Takes lines from a socket. It holds memory only while a line is on its way, and of a line that is too long
/// no more than one buffer. Not thread-safe.
/// </summary>
internal sealed class LineInput(Socket socket, int lineBytesMax, HeldBytes held) : IDisposable
{
    private const int FirstBytes = 1 << 15;
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _searched;
    private long _heldBytes;
    private bool _isEnd;
    private bool _isSkipping;

    /// <summary>The line that was found last, without its line feed, until the next one is wanted.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether a part of a line is there.</summary>
    public bool IsInside => _end > _start || _isSkipping;

    /// <summary>Called when the first bytes of a line are there and its end is not.</summary>
    public required Action Begun { get; init; }

    /// <summary>Waits for the next line.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public async ValueTask<InputKind> NextAsync()
    {
        Line = default;
        while (true)
        {
            if (TryTake(out bool isLine))
            {
                if (isLine)
                {
                    return Line.Length > lineBytesMax ? InputKind.TooLong : InputKind.Line;
                }

                continue;
            }

            if (_isEnd)
            {
                return TakeRest();
            }

            if (!TryMakeRoom(out InputKind refused))
            {
                _isSkipping = true;
                _start = _end = _searched = 0;
                Release();
                return refused;
            }

            await FillAsync();
        }
    }

    public void Dispose() => Release();

    // A line, or the end of one that is skipped.
    private bool TryTake(out bool isLine)
    {
        int found = _buffer.AsSpan(_searched, _end - _searched).IndexOf(LineFeed);
        isLine = false;
        if (found < 0)
        {
            _searched = _end;
            return false;
        }

        int end = _searched + found;
        isLine = !_isSkipping;
        Line = isLine ? _buffer.AsMemory(_start, end - _start) : default;
        _isSkipping = false;
        _start = _searched = end + 1;
        return true;
    }

    // The last line may lack its line feed.
    private InputKind TakeRest()
    {
        bool isLine = _end > _start && !_isSkipping;
        Line = isLine ? _buffer.AsMemory(_start, _end - _start) : default;
        _start = _searched = _end;
        _isSkipping = false;
        return !isLine ? InputKind.End : Line.Length > lineBytesMax ? InputKind.TooLong : InputKind.Line;
    }

    private bool TryMakeRoom(out InputKind refused)
    {
        refused = InputKind.TooLong;
        if (_isSkipping)
        {
            _start = _end = _searched = 0;
        }

        int length = _end - _start;
        if (length == 0)
        {
            _start = _end = _searched = 0;
            return true;
        }

        if (length > lineBytesMax)
        {
            return false;
        }

        Begun();
        if (_end < _buffer.Length)
        {
            return true;
        }

        if (length <= _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
        }
        else
        {
            long wanted = Math.Min(2L * _buffer.Length, Math.Max(FirstBytes, lineBytesMax + 1L));
            refused = InputKind.NoRoom;
            if (!held.TryTake(wanted))
            {
                return false;
            }

            byte[] wider = ArrayPool<byte>.Shared.Rent((int)wanted);
            _buffer.AsSpan(_start, length).CopyTo(wider);
            Release();
            _heldBytes = wanted;
            _buffer = wider;
        }

        (_start, _end, _searched) = (0, length, length);
        return true;
    }

    // An idle connection waits with no buffer at all.
    private async ValueTask FillAsync()
    {
        if (_end == 0)
        {
            if (!_isSkipping)
            {
                Release();
                await socket.ReceiveAsync(Memory<byte>.Empty);
            }

            if (_buffer.Length == 0)
            {
                _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
            }
        }

        int received = await socket.ReceiveAsync(_buffer.AsMemory(_end));
        _isEnd = received == 0;
        _end += received;
    }

    private void Release()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        held.Give(_heldBytes);
        _heldBytes = 0;
    }
}
