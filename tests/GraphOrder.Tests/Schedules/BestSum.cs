namespace GraphOrder.Tests.Schedules;

/// <summary>
/// The least sum of ends, by trying every order in which the calls of one side could be placed, each as early
/// as time after time allows.
/// </summary>
internal sealed class BestSum
{
    private readonly long[] _lengths;
    private readonly HashSet<string>[] _classes;
    private readonly bool[,] _mustEndFirst;
    private readonly IReadOnlyDictionary<string, int> _limits;
    private readonly int[] _targets;
    private readonly int[] _relevant;
    private readonly long[] _starts;
    private readonly bool[] _isPlaced;
    private long _best = long.MaxValue;

    private BestSum(
        long[] lengths,
        HashSet<string>[] classes,
        bool[,] mustEndFirst,
        IReadOnlyDictionary<string, int> limits,
        int[] targets)
    {
        _lengths = lengths;
        _classes = classes;
        _mustEndFirst = mustEndFirst;
        _limits = limits;
        _targets = targets;
        _starts = new long[lengths.Length];
        _isPlaced = new bool[lengths.Length];
        HashSet<int> relevant = [.. targets];
        for (bool grows = true; grows;)
        {
            grows = false;
            for (int first = 0; first < lengths.Length; first++)
            {
                grows |= relevant.Any(then => mustEndFirst[first, then]) && relevant.Add(first);
            }
        }

        _relevant = [.. relevant.Order()];
    }

    /// <summary>How many calls some guest waits for.</summary>
    public static int RelevantCount(
        Calls first, Calls then, Func<Calls, IEnumerable<int>> targets, bool isBackward) =>
        Of(first, then, targets, isBackward, new Dictionary<string, int>())._relevant.Length;

    /// <summary>The least sum over one side: two phases, the second behind the first.</summary>
    public static long Find(
        Calls first,
        Calls then,
        Func<Calls, IEnumerable<int>> targets,
        bool isBackward,
        IReadOnlyDictionary<string, int> limits)
    {
        BestSum search = Of(first, then, targets, isBackward, limits);
        search.Place(0);
        return search._best;
    }

    private static BestSum Of(
        Calls first,
        Calls then,
        Func<Calls, IEnumerable<int>> targets,
        bool isBackward,
        IReadOnlyDictionary<string, int> limits)
    {
        int count = first.Count + then.Count;
        bool[,] mustEndFirst = new bool[count, count];
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < count; b++)
            {
                bool isBefore = a < first.Count && b < first.Count ? first.MustEndFirst[a, b]
                    : a >= first.Count && b >= first.Count
                        ? then.MustEndFirst[a - first.Count, b - first.Count]
                        : a < first.Count && b >= first.Count;
                mustEndFirst[isBackward ? b : a, isBackward ? a : b] = isBefore;
            }
        }

        return new BestSum(
            [.. first.Lengths, .. then.Lengths],
            [.. first.Classes, .. then.Classes],
            mustEndFirst,
            limits,
            [.. targets(first), .. targets(then).Select(call => call + first.Count)]);
    }

    private void Place(int placed)
    {
        if (placed == _relevant.Length)
        {
            _best = Math.Min(_best, _targets.Sum(target => _starts[target] + _lengths[target]));
            return;
        }

        foreach (int call in _relevant)
        {
            if (!_isPlaced[call] && _relevant.All(other => _isPlaced[other] || !_mustEndFirst[other, call]))
            {
                _starts[call] = Earliest(call);
                _isPlaced[call] = true;
                Place(placed + 1);
                _isPlaced[call] = false;
            }
        }
    }

    private long Earliest(int call)
    {
        long start = _relevant.Where(other => _mustEndFirst[other, call])
            .Select(other => _starts[other] + _lengths[other])
            .Prepend(0).Max();
        while (!Fits(call, start))
        {
            start++;
        }

        return start;
    }

    private bool Fits(int call, long start)
    {
        for (long time = start; time < start + _lengths[call]; time++)
        {
            foreach (string held in _classes[call])
            {
                int taken = _relevant.Count(other => _isPlaced[other]
                    && _classes[other].Contains(held)
                    && _starts[other] <= time
                    && time < _starts[other] + _lengths[other]);
                if (taken >= _limits[held])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
