namespace GraphOrder;

/// <summary>Which steps of two sequences are the same, and what only one of them has. Immutable.</summary>
/// <remarks>A step that stands twice, as in no legal plan, counts for its first place.</remarks>
internal sealed class StepPairs
{
    private readonly int[] _placeOf;

    /// <summary>Pairs two sequences. O(steps + keys).</summary>
    /// <param name="first">The numbers of the steps of the first.</param>
    /// <param name="second">The numbers of the steps of the second.</param>
    /// <param name="keyCount">Greater than every number.</param>
    public StepPairs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int keyCount)
    {
        int[] secondOf = PlacesOf(second, keyCount);
        _placeOf = new int[keyCount];
        Array.Fill(_placeOf, -1);
        int[] firstOf = PlacesOf(first, keyCount);
        List<int> keys = new(first.Length);
        List<int> firsts = new(first.Length);
        List<int> seconds = new(first.Length);
        for (int step = 0; step < first.Length; step++)
        {
            int key = first[step];
            if (secondOf[key] < 0 || firstOf[key] != step)
            {
                OnlyFirst.Add(step);
                continue;
            }

            _placeOf[key] = keys.Count;
            keys.Add(key);
            firsts.Add(step);
            seconds.Add(secondOf[key]);
        }

        int[] rankOf = new int[second.Length];
        int rank = 0;
        for (int step = 0; step < second.Length; step++)
        {
            bool isCommon = firstOf[second[step]] >= 0 && secondOf[second[step]] == step;
            rankOf[step] = isCommon ? rank++ : -1;
            if (!isCommon)
            {
                OnlySecond.Add(step);
            }
        }

        Keys = [.. keys];
        Firsts = [.. firsts];
        Seconds = [.. seconds];
        Change = new OrderChange(Array.ConvertAll(Seconds, step => rankOf[step]));
    }

    /// <summary>The numbers of the steps that both have, in the order of the first.</summary>
    public int[] Keys { get; }

    /// <summary>Where each stands in the first; ascending.</summary>
    public int[] Firsts { get; }

    /// <summary>Where each stands in the second.</summary>
    public int[] Seconds { get; }

    /// <summary>The steps that only the first has.</summary>
    public List<int> OnlyFirst { get; } = [];

    /// <summary>The steps that only the second has.</summary>
    public List<int> OnlySecond { get; } = [];

    /// <summary>How the order of those that both have changed.</summary>
    public OrderChange Change { get; }

    /// <summary>The place of a step among those that both have, in the first; -1 where it is none.</summary>
    public int PlaceOf(int key) => key < _placeOf.Length && key >= 0 ? _placeOf[key] : -1;

    /// <summary>The first place of each number in a sequence; -1 where it is not there.</summary>
    public static int[] PlacesOf(ReadOnlySpan<int> keys, int keyCount)
    {
        int[] places = new int[keyCount];
        Array.Fill(places, -1);
        for (int step = keys.Length - 1; step >= 0; step--)
        {
            places[keys[step]] = step;
        }

        return places;
    }
}
