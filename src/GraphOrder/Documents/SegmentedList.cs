namespace GraphOrder;

/// <summary>
/// A list that grows by segments: nothing is copied as it grows, and at most one segment is not filled. Not
/// thread-safe.
/// </summary>
internal sealed class SegmentedList<T>
{
    private const int FirstLg2 = 4;
    private const int SegmentLg2 = 13;
    private const int SegmentLength = 1 << SegmentLg2;

    private T[][] _segments = [new T[1 << FirstLg2]];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>An entry.</summary>
    public ref T this[int index] => ref _segments[index >> SegmentLg2][index & (SegmentLength - 1)];

    /// <summary>Adds an entry.</summary>
    public void Add(in T entry)
    {
        int segment = Count >> SegmentLg2;
        if (segment == _segments.Length)
        {
            Array.Resize(ref _segments, segment + 1);
            _segments[segment] = new T[SegmentLength];
        }

        int at = Count & (SegmentLength - 1);
        if (at == _segments[segment].Length)
        {
            Array.Resize(ref _segments[segment], 2 * at);
        }

        _segments[segment][at] = entry;
        Count++;
    }

    /// <summary>Takes the last entries away again, so that so many are left.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>The entries by reference.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the entries.</summary>
    public struct Enumerator(SegmentedList<T> list)
    {
        private int _index = -1;

        /// <summary>The entry.</summary>
        public readonly ref T Current => ref list[_index];

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => ++_index < list.Count;
    }
}
