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

    // Fresh memory is what a small output waits for; a piece that is longer grows.
    private const int FewBytes = 1 << 11;

    private readonly ArrayBufferWriter<byte>[] _buffers = new ArrayBufferWriter<byte>[Kept];
    private readonly bool[] _isMade = new bool[Kept];
    private readonly object _guard = new();
    private readonly int _bytes;
    private Action<int, ArrayBufferWriter<byte>> _make = static (_, _) => { };
    private int _count;
    private int _begun;
    private int _taken;
    private bool _isOver;
    private bool _isFew;
    private ExceptionDispatchInfo? _failure;

    /// <summary>No pieces yet; the buffers of one output serve the next one too.</summary>
    /// <param name="bytes">How long a piece mostly is.</param>
    public OrderedPieces(int bytes) => _bytes = bytes;

    /// <summary>Takes a piece that is made.</summary>
    public delegate void Taker(ReadOnlySpan<byte> piece);

    /// <summary>Makes all pieces and hands them over on this thread.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="make">Writes a piece into an empty buffer; called on both threads.</param>
    /// <param name="take">Takes the next piece.</param>
    public void Write(int count, Action<int, ArrayBufferWriter<byte>> make, Taker take)
    {
        _make = make;
        _isFew = count < 2 * Kept;
        if (_isFew || Environment.ProcessorCount == 1)
        {
            for (int piece = 0; piece < count; piece++)
            {
                make(piece, Emptied(0));
                take(_buffers[0].WrittenSpan);
            }

            return;
        }

        (_count, _begun, _taken, _isOver) = (count, 0, 0, false);
        Task other = Task.Run(MakeAll);
        try
        {
            TakeAll(take);
        }
        finally
        {
            End();
            other.GetAwaiter().GetResult();
        }
    }

    private ArrayBufferWriter<byte> Emptied(int place)
    {
        ArrayBufferWriter<byte> buffer = _buffers[place] ??= new ArrayBufferWriter<byte>(
            _isFew ? FewBytes : _bytes);
        buffer.ResetWrittenCount();
        return buffer;
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
        _make(piece, Emptied(piece % Kept));
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
