using System.Numerics;

namespace GraphOrder;

/// <summary>
/// Finds the arcs of an acyclic graph that a path of two arcs or more leads along too. Each arc leads to a
/// lower number. Sixty-four heads are looked at at once, and only what reaches one of them is walked through.
/// Not thread-safe.
/// </summary>
internal sealed class LongerPaths
{
    private readonly ArcRows _heads;
    private readonly ArcRows _tails;
    private readonly ulong[] _bits;
    private readonly ulong[] _reached;
    private readonly ulong[] _reachedLonger;
    private readonly bool[] _isFound;
    private readonly List<int> _found = [];
    private long _workLeft;

    /// <param name="heads">The arcs by the vertex that they leave.</param>
    /// <param name="tails">The same arcs by the vertex that they lead to.</param>
    /// <param name="workLeft">How many arcs may be walked through.</param>
    public LongerPaths(ArcRows heads, ArcRows tails, long workLeft)
    {
        _heads = heads;
        _tails = tails;
        _workLeft = workLeft;
        _bits = new ulong[heads.RowCount];
        _reached = new ulong[heads.RowCount];
        _reachedLonger = new ulong[heads.RowCount];
        _isFound = new bool[heads.RowCount];
    }

    /// <summary>How many arcs may still be walked through; below zero where the search gave up.</summary>
    public long WorkLeft => _workLeft;

    /// <summary>Whether a longer path leads along each of some arcs.</summary>
    /// <param name="arcs">The arcs, sorted by the vertex that they lead to.</param>
    /// <param name="isImplied">Takes the answers.</param>
    /// <param name="cancellation">Checked once in a while.</param>
    /// <returns>Whether the work sufficed; else the answers mean nothing.</returns>
    /// <remarks>
    /// O(E) time for each 64 heads, and only for arcs on paths to one of them; O(V) space.
    /// </remarks>
    public bool TryFind(
        ReadOnlySpan<(int Tail, int Head)> arcs, Span<bool> isImplied, CancellationToken cancellation)
    {
        for (int first = 0; first < arcs.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            int behind = AddHeads(arcs, first);
            if (!TryReach())
            {
                return false;
            }

            for (int arc = first; arc < behind; arc++)
            {
                isImplied[arc] = (_reachedLonger[arcs[arc].Tail] & _bits[arcs[arc].Head]) != 0;
            }

            foreach (int vertex in _found)
            {
                _bits[vertex] = _reached[vertex] = _reachedLonger[vertex] = 0;
                _isFound[vertex] = false;
            }

            _found.Clear();
            first = behind;
        }

        return true;
    }

    // Gives a bit to each of the next heads; the arcs behind them are left for the next round.
    private int AddHeads(ReadOnlySpan<(int Tail, int Head)> arcs, int first)
    {
        int count = 0;
        int arc = first;
        for (; arc < arcs.Length; arc++)
        {
            int head = arcs[arc].Head;
            if (_isFound[head])
            {
                continue;
            }

            if (count == 64)
            {
                break;
            }

            _bits[head] = 1UL << count++;
            _isFound[head] = true;
            _found.Add(head);
        }

        return arc;
    }

    // All that reaches a head, and then, the lowest number first, which heads each of it reaches.
    private bool TryReach()
    {
        for (int i = 0; i < _found.Count; i++)
        {
            ReadOnlySpan<int> tails = _tails[_found[i]];
            _workLeft -= tails.Length;
            if (_workLeft < 0)
            {
                return false;
            }

            foreach (int tail in tails)
            {
                if (!_isFound[tail])
                {
                    _isFound[tail] = true;
                    _found.Add(tail);
                }
            }
        }

        _found.Sort();
        _workLeft -= (long)_found.Count * BitOperations.Log2((uint)_found.Count + 1);
        foreach (int vertex in _found)
        {
            ReadOnlySpan<int> heads = _heads[vertex];
            _workLeft -= heads.Length;
            ulong direct = 0;
            ulong longer = 0;
            foreach (int head in heads)
            {
                direct |= _bits[head];
                longer |= _reached[head];
            }

            _reachedLonger[vertex] = longer;
            _reached[vertex] = direct | longer;
        }

        return _workLeft >= 0;
    }
}
