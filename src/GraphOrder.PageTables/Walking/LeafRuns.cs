using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Leaves of the smallest size that stand side by side in one table and make several runs: each run is one
/// row, and none goes on from the one before it. A sink that has nothing better to do takes them one by one
/// (<see cref="Tell"/>); one that is fast reads the words. Valid during the call alone.
/// </summary>
public readonly ref struct LeafRuns
{
    private readonly ReadOnlySpan<ulong> _words;
    private readonly ulong _iova;
    private readonly ulong _field;
    private readonly ulong _fixed;
    private readonly int _shift;
    private readonly int _first;
    private readonly int _end;

    internal LeafRuns(
        ReadOnlySpan<ulong> words, int first, int end, ulong iova, ulong field, ulong fixedBits, int shift)
    {
        _words = words;
        _first = first;
        _end = end;
        _iova = iova;
        _field = field;
        _fixed = fixedBits;
        _shift = shift;
    }

    /// <summary>How many leaves there are.</summary>
    public int Count => _end - _first;

    /// <summary>Log2 of the bytes of each.</summary>
    public required int SizeLg2 { get; init; }

    /// <summary>What the device may do.</summary>
    public required PageAccess Access { get; init; }

    /// <summary>Input address of the first.</summary>
    public ulong Iova => IovaOf(0);

    /// <summary>Output addresses lie between this one and <see cref="PhysicalLast"/>.</summary>
    public required ulong PhysicalFirst { get; init; }

    /// <summary>No leaf has a byte behind this one.</summary>
    public required ulong PhysicalLast { get; init; }

    /// <summary>Output address of a leaf.</summary>
    /// <param name="index">Its number here.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong PhysicalOf(int index) => _fixed | ((_words[_first + index] & _field) << _shift);

    /// <summary>Input address of a leaf.</summary>
    /// <param name="index">Its number here.</param>
    public ulong IovaOf(int index) => unchecked(_iova + ((ulong)(uint)(_first + index) << SizeLg2));

    /// <summary>Where the run that begins at a leaf ends: O(its leaves).</summary>
    /// <param name="index">The number of a run's first leaf.</param>
    /// <returns>The number of the next run's first leaf, or the count.</returns>
    public int EndOf(int index)
    {
        ulong physical = PhysicalOf(index++);
        while (index < Count && PhysicalOf(index) == unchecked(physical += 1UL << SizeLg2))
        {
            index++;
        }

        return index;
    }

    /// <summary>Tells a sink each of them as a row and a run.</summary>
    /// <param name="sink">The sink.</param>
    public void Tell<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        for (int index = 0; index < Count;)
        {
            int end = EndOf(index);
            LeafRow row = new(IovaOf(index), PhysicalOf(index), end - index, SizeLg2, Access, 0);
            sink.OnRow(row);
            sink.OnRun(row.AsRun());
            index = end;
        }
    }
}
