namespace GraphOrder;

/// <summary>
/// How one order of some things became another: how many pairs were turned round, and the least number of
/// things that must move to get from one to the other. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Turned pairs are counted exactly, with a Fenwick tree. What moved is what a longest common subsequence
/// leaves out. Of several longest ones it is that of patience sorting: things are taken in the first order;
/// each lies on the last thing with a lesser place in the second order, of those that end sequences of its
/// length the one with the least place is kept, and the sequence is read back from the end of the longest.
/// </para>
/// <para>O(n log n) time, O(n) space.</para>
/// </remarks>
internal sealed class OrderChange
{
    private readonly int[] _ranks;
    private readonly long[] _turned;
    private readonly bool[] _isKept;

    /// <summary>Compares.</summary>
    /// <param name="ranks">For each thing in the first order its place in the second one.</param>
    public OrderChange(int[] ranks)
    {
        _ranks = ranks;
        _turned = new long[ranks.Length];
        _isKept = new bool[ranks.Length];
        if (IsAscending(ranks))
        {
            Array.Fill(_isKept, true);
            return;
        }

        Count();
        Keep();
    }

    /// <summary>How many things there are.</summary>
    public int Length => _ranks.Length;

    /// <summary>How many pairs were turned round.</summary>
    public long TurnedPairs { get; private set; }

    /// <summary>The least number of things that must move.</summary>
    public int MovedCount { get; private set; }

    /// <summary>The place of a thing in the second order.</summary>
    public int RankOf(int place) => _ranks[place];

    /// <summary>Whether a thing is one of those that moved.</summary>
    public bool IsMoved(int place) => !_isKept[place];

    /// <summary>With how many others a thing was turned round.</summary>
    public long TurnedOf(int place) => _turned[place];

    /// <summary>Whether two things were turned round.</summary>
    public bool IsTurned(int place, int other) => place < other != _ranks[place] < _ranks[other];

    private static bool IsAscending(int[] ranks)
    {
        for (int i = 1; i < ranks.Length; i++)
        {
            if (ranks[i - 1] > ranks[i])
            {
                return false;
            }
        }

        return true;
    }

    // Of each thing: how many in front of it go after it now. As many as are missing of the lesser ones in
    // front stand behind it.
    private void Count()
    {
        int[] tree = new int[_ranks.Length + 1];
        for (int i = 0; i < _ranks.Length; i++)
        {
            int lesser = 0;
            for (int at = _ranks[i]; at > 0; at &= at - 1)
            {
                lesser += tree[at];
            }

            for (int at = _ranks[i] + 1; at < tree.Length; at += at & -at)
            {
                tree[at]++;
            }

            long passed = i - lesser;
            TurnedPairs += passed;
            _turned[i] = passed + _ranks[i] - lesser;
        }
    }

    private void Keep()
    {
        int[] ends = new int[_ranks.Length];
        int[] previous = new int[_ranks.Length];
        int longest = 0;
        for (int i = 0; i < _ranks.Length; i++)
        {
            int low = 0;
            int high = longest;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = _ranks[ends[middle]] < _ranks[i] ? (middle + 1, high) : (low, middle);
            }

            previous[i] = low > 0 ? ends[low - 1] : -1;
            ends[low] = i;
            longest = Math.Max(longest, low + 1);
        }

        for (int i = ends[longest - 1]; i >= 0; i = previous[i])
        {
            _isKept[i] = true;
        }

        MovedCount = _ranks.Length - longest;
    }
}
