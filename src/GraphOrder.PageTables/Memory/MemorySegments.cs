namespace GraphOrder.PageTables;

/// <summary>
/// Which bytes of physical memory a file has, sorted and without overlaps. Where two segments hold the same
/// byte (a crash dump has the kernel's text twice) the one that begins lower counts. Immutable and
/// thread-safe; a look-up takes O(log segments), less with a good guess.
/// </summary>
public sealed class MemorySegments
{
    private readonly MemorySegment[] _segments;

    /// <summary>Sorts, cuts overlaps, joins what goes on: O(n log n).</summary>
    /// <param name="segments">The segments; each ends not before it begins.</param>
    public MemorySegments(ReadOnlySpan<MemorySegment> segments)
    {
        MemorySegment[] sorted = segments.ToArray();
        Array.Sort(sorted, (left, right) => left.First.CompareTo(right.First));
        int count = 0;
        foreach (MemorySegment segment in sorted)
        {
            MemorySegment piece = segment;
            if (count > 0 && piece.First <= sorted[count - 1].Last)
            {
                ulong covered = sorted[count - 1].Last;
                if (piece.Last <= covered)
                {
                    continue;
                }

                piece = new(covered + 1, piece.Last, piece.FileOffset + (covered + 1 - piece.First));
            }

            if (count > 0 && sorted[count - 1].IsContinuedBy(piece))
            {
                MemorySegment joined = sorted[count - 1];
                sorted[count - 1] = joined with { Last = piece.Last };
            }
            else
            {
                sorted[count++] = piece;
            }
        }

        _segments = sorted[..count];
    }

    /// <summary>The segments, ascending.</summary>
    public ReadOnlySpan<MemorySegment> Segments => _segments;

    /// <summary>Finds the segment that holds an address.</summary>
    /// <param name="physical">The address.</param>
    /// <param name="guess">An index to try first; becomes the index that was found.</param>
    /// <param name="segment">The segment.</param>
    public bool TryFind(ulong physical, ref int guess, out MemorySegment segment)
    {
        if ((uint)guess < (uint)_segments.Length)
        {
            segment = _segments[guess];
            if (physical >= segment.First && physical <= segment.Last)
            {
                return true;
            }
        }

        int low = 0;
        int high = _segments.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_segments[middle].First <= physical)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == 0 || _segments[low - 1].Last < physical)
        {
            segment = default;
            return false;
        }

        guess = low - 1;
        segment = _segments[guess];
        return true;
    }

    /// <summary>Whether every byte of a range is in some segment.</summary>
    /// <param name="physical">The first byte.</param>
    /// <param name="bytes">At least one.</param>
    /// <param name="guess">As in <see cref="TryFind"/>.</param>
    public bool Contains(ulong physical, ulong bytes, ref int guess)
    {
        if (bytes - 1 > ulong.MaxValue - physical)
        {
            return false;
        }

        ulong last = physical + (bytes - 1);
        while (TryFind(physical, ref guess, out MemorySegment segment))
        {
            if (segment.Last >= last)
            {
                return true;
            }

            physical = segment.Last + 1;
        }

        return false;
    }
}
