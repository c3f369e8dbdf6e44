namespace GraphOrder;

/// <summary>
/// The lightest choice of elements that hits every one of some sets. Exact by branch and bound while a
/// number of steps lasts. Not thread-safe.
/// </summary>
/// <remarks>
/// Branches on a set that is not hit and has the fewest elements left: takes its first element, or gives
/// that up and takes the second, and so on. The bound is the weight of the choice so far and, of sets that
/// share nothing, the lightest element of each. An explicit stack instead of recursion. O(sum of the sets)
/// a step.
/// </remarks>
internal sealed class HittingSet
{
    private readonly IReadOnlyList<int[]> _sets;
    private readonly Func<int, long> _weightOf;
    private readonly int[] _hits;
    private readonly HashSet<int> _chosen = [];
    private readonly HashSet<int> _givenUp = [];
    private readonly Dictionary<int, List<int>> _setsOf = [];
    private readonly Stack<Choice> _choices = new();
    private long _weight;
    private int[] _best = [];
    private long _bestWeight = long.MaxValue;

    private HittingSet(IReadOnlyList<int[]> sets, Func<int, long> weightOf)
    {
        _sets = sets;
        _weightOf = weightOf;
        _hits = new int[sets.Count];
        for (int set = 0; set < sets.Count; set++)
        {
            foreach (int element in sets[set])
            {
                if (!_setsOf.TryGetValue(element, out List<int>? known))
                {
                    _setsOf.Add(element, known = []);
                }

                known.Add(set);
            }
        }
    }

    /// <summary>Finds it.</summary>
    /// <param name="sets">The sets; none is empty.</param>
    /// <param name="weightOf">The weight of an element, at least 1.</param>
    /// <param name="steps">How many steps may be made; what is left of them afterwards.</param>
    /// <param name="bound">A weight below which there is none: that of the answer where it is exact.</param>
    /// <param name="isExact">Whether there is no lighter one.</param>
    /// <returns>The elements, sorted.</returns>
    public static int[] Find(
        IReadOnlyList<int[]> sets, Func<int, long> weightOf, ref int steps, out long bound, out bool isExact)
    {
        HittingSet search = new(sets, weightOf);
        search.TakeGreedily();
        long root = search.LowerBound();
        isExact = search.Run(ref steps);
        bound = isExact ? search._bestWeight : root;
        return search._best;
    }

    // A first answer: for each set that is not hit, the element that is lightest for what it hits.
    private void TakeGreedily()
    {
        HashSet<int> taken = [];
        long weight = 0;
        foreach (int[] set in _sets)
        {
            if (Array.Exists(set, taken.Contains))
            {
                continue;
            }

            int best = set[0];
            foreach (int element in set)
            {
                Int128 own = (Int128)_weightOf(element) * _setsOf[best].Count;
                Int128 known = (Int128)_weightOf(best) * _setsOf[element].Count;
                best = own < known ? element : best;
            }

            taken.Add(best);
            weight = RepairCost.Sum(weight, _weightOf(best));
        }

        _best = [.. taken];
        _bestWeight = weight;
        Array.Sort(_best);
    }

    private bool Run(ref int steps)
    {
        bool isDescending = true;
        for (; steps > 0; steps--)
        {
            if (isDescending)
            {
                int[]? next = NextSet();
                if (next is null && _weight < _bestWeight)
                {
                    _bestWeight = _weight;
                    _best = [.. _chosen];
                    Array.Sort(_best);
                }

                if (next is not null && RepairCost.Sum(_weight, LowerBound()) < _bestWeight)
                {
                    _choices.Push(new Choice(Available(next)));
                }
            }

            if (!_choices.TryPeek(out Choice? choice))
            {
                return true;
            }

            isDescending = TryAdvance(choice);
        }

        return false;
    }

    // Gives up what was taken last and takes the next one; false where there is no next one.
    private bool TryAdvance(Choice choice)
    {
        if (choice.Next > 0)
        {
            int last = choice.Elements[choice.Next - 1];
            Drop(last);
            _givenUp.Add(last);
        }

        if (choice.Next < choice.Elements.Length)
        {
            Take(choice.Elements[choice.Next++]);
            return true;
        }

        foreach (int element in choice.Elements)
        {
            _givenUp.Remove(element);
        }

        _choices.Pop();
        return false;
    }

    private void Take(int element)
    {
        _chosen.Add(element);
        _weight = checked(_weight + _weightOf(element));
        foreach (int set in _setsOf[element])
        {
            _hits[set]++;
        }
    }

    private void Drop(int element)
    {
        _chosen.Remove(element);
        _weight -= _weightOf(element);
        foreach (int set in _setsOf[element])
        {
            _hits[set]--;
        }
    }

    // Null where all sets are hit. A set of which nothing is left cannot be hit and comes first.
    private int[]? NextSet()
    {
        int[]? next = null;
        int fewest = int.MaxValue;
        for (int set = 0; set < _sets.Count; set++)
        {
            if (_hits[set] > 0)
            {
                continue;
            }

            int count = 0;
            foreach (int element in _sets[set])
            {
                count += _givenUp.Contains(element) ? 0 : 1;
            }

            if (count < fewest)
            {
                fewest = count;
                next = _sets[set];
            }
        }

        return next;
    }

    private int[] Available(int[] set)
    {
        int[] elements = Array.FindAll(set, element => !_givenUp.Contains(element));
        Array.Sort(elements, (left, right) =>
        {
            int order = _weightOf(left).CompareTo(_weightOf(right));
            return order != 0 ? order : left.CompareTo(right);
        });
        return elements;
    }

    private long LowerBound()
    {
        long bound = 0;
        HashSet<int> used = [];
        for (int set = 0; set < _sets.Count; set++)
        {
            if (_hits[set] > 0 || Array.Exists(_sets[set], used.Contains))
            {
                continue;
            }

            long lightest = long.MaxValue;
            foreach (int element in _sets[set])
            {
                lightest = _givenUp.Contains(element) ? lightest : Math.Min(lightest, _weightOf(element));
                used.Add(element);
            }

            bound = RepairCost.Sum(bound, lightest);
        }

        return bound;
    }

    private sealed class Choice(int[] elements)
    {
        public int[] Elements { get; } = elements;

        public int Next { get; set; }
    }
}
