using System.Buffers;
using System.Runtime.ExceptionServices;

namespace GraphOrder;

/// <summary>
/// Makes the pieces of an output on two threads and hands them over in their order: whoever has nothing else
/// to do makes the next one, so that the other processor works on while this one writes. At most a few
/// pieces are kept.
/// </summary>
internal sealed class OrderedPieces
{
    private const int Kept = 6;

    private readonly int _count;
    private readonly Action<int, ArrayBufferWriter<byte>> _make;
    private readonly ArrayBufferWriter<byte>[] _buffers = new ArrayBufferWriter<byte>[Kept];
    private readonly bool[] _isMade = new bool[Kept];
    private readonly object _guard = new();
    private int _begun;
    private int _taken;
    private bool _isOver;
    private ExceptionDispatchInfo? _failure;

    private OrderedPieces(int count, Action<int, ArrayBufferWriter<byte>> make)
    {
        _count = count;
        _make = make;
        for (int i = 0; i < Kept; i++)
        {
            _buffers[i] = new ArrayBufferWriter<byte>();
        }
    }

    /// <summary>Takes a piece that is made.</summary>
    public delegate void Taker(ReadOnlySpan<byte> piece);

    /// <summary>Makes all pieces and hands them over on this thread.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="make">Writes a piece into an empty buffer; called on both threads.</param>
    /// <param name="take">Takes the next piece.</param>
    public static void Write(int count, Action<int, ArrayBufferWriter<byte>> make, Taker take)
    {
        if (count < Kept || Environment.ProcessorCount == 1)
        {
            ArrayBufferWriter<byte> buffer = new();
            for (int piece = 0; piece < count; piece++)
            {
                buffer.ResetWrittenCount();
                make(piece, buffer);
                take(buffer.WrittenSpan);
            }

            return;
        }

        OrderedPieces pieces = new(count, make);
        Task other = Task.Run(pieces.MakeAll);
        try
        {
            pieces.TakeAll(take);
        }
        finally
        {
            pieces.End();
            other.GetAwaiter().GetResult();
        }
    }

    private void TakeAll(Taker take)
    {
        for (int piece = 0; piece < _count; piece++)
        {
            while (NextBefore(piece) is { } own)
            {
                Make(own);
            }

            take(_buffers[piece % Kept].WrittenSpan);
            lock (_guard)
            {
                _isMade[piece % Kept] = false;
                _taken++;
                Monitor.PulseAll(_guard);
            }
        }
    }

    private void MakeAll()
    {
        try
        {
            while (Next() is { } own)
            {
                Make(own);
            }
        }
        catch (Exception error)
        {
            lock (_guard)
            {
                _failure = ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(_guard);
            }
        }
    }

    // The next piece to make; null where none is left.
    private int? Next()
    {
        lock (_guard)
        {
            while (!_isOver && _begun < _count && _begun - _taken == Kept)
            {
                Monitor.Wait(_guard);
            }

            return _isOver || _begun == _count ? null : _begun++;
        }
    }

    // The next piece to make while another one is waited for; null where that is made.
    private int? NextBefore(int awaited)
    {
        lock (_guard)
        {
            while (true)
            {
                _failure?.Throw();
                if (_isMade[awaited % Kept])
                {
                    return null;
                }

                if (_begun < _count && _begun - _taken < Kept)
                {
                    return _begun++;
                }

                Monitor.Wait(_guard);
            }
        }
    }

    private void Make(int piece)
    {
        _buffers[piece % Kept].ResetWrittenCount();
        _make(piece, _buffers[piece % Kept]);
        lock (_guard)
        {
            _isMade[piece % Kept] = true;
            Monitor.PulseAll(_guard);
        }
    }

    private void End()
    {
        lock (_guard)
        {
            _isOver = true;
            Monitor.PulseAll(_guard);
        }
    }
}
