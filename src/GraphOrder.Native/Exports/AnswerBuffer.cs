using System.Buffers;
using System.Runtime.InteropServices;

namespace GraphOrder.Native;

/// <summary>
/// The bytes of an answer, in memory of the C library: outside the heap, so that answers which a host keeps
/// do not fill it. Written by one thread; then read by any. What is given back is used again, so that a small
/// answer takes no memory of its own.
/// </summary>
internal sealed unsafe class AnswerBuffer : MemoryManager<byte>, IBufferWriter<byte>
{
    private const int FirstBytes = 1 << 14;
    private const int KeptBytesMax = 1 << 20;
    private const int KeptMax = 8;

    // Of all answers together.
    private const long BytesMax = 512L << 20;

    private static readonly Lock KeptLock = new();
    private static readonly Stack<AnswerBuffer> Kept = new(KeptMax);

    private static long _allBytes;

    private int _room;

    private AnswerBuffer()
    {
    }

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>The first one.</summary>
    public byte* First { get; private set; }

    /// <summary>An empty one.</summary>
    public static AnswerBuffer Take()
    {
        lock (KeptLock)
        {
            return Kept.TryPop(out AnswerBuffer? kept) ? kept : new();
        }
    }

    /// <summary>Gives it back; nobody may read it any more.</summary>
    public void GiveBack()
    {
        Length = 0;
        bool isKept = false;
        lock (KeptLock)
        {
            if (_room <= KeptBytesMax && Kept.Count < KeptMax)
            {
                Kept.Push(this);
                isKept = true;
            }
        }

        if (!isKept)
        {
            Free();
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _room - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Memory[Length..];
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return new(First + Length, _room - Length);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(First, _room);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(First + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Free();

    private void Free()
    {
        NativeMemory.Free(First);
        Interlocked.Add(ref _allBytes, -_room);
        First = null;
        _room = 0;
        Length = 0;
    }

    // An answer longer than a span can be is out of memory.
    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (wanted <= _room - Length)
        {
            return;
        }

        long needed = Math.Max(Math.Max(2L * _room, FirstBytes), (long)Length + wanted);
        int room = (int)Math.Min(needed, int.MaxValue);
        int more = room - _room;
        bool isGiven = false;
        try
        {
            if (Interlocked.Add(ref _allBytes, more) > BytesMax || room - Length < wanted)
            {
                throw new InsufficientMemoryException();
            }

            First = (byte*)NativeMemory.Realloc(First, (nuint)room);
            _room = room;
            isGiven = true;
        }
        finally
        {
            Interlocked.Add(ref _allBytes, isGiven ? 0 : -more);
        }
    }
}
