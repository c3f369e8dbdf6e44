namespace GraphOrder.Tests.Recovery;

/// <summary>Sets that are alike but for the order of their objects and sessions.</summary>
internal static class SmallSetClass
{
    private const int CarriedBase = 10;

    /// <summary>Whether no renaming of objects gives a set that comes earlier.</summary>
    public static bool IsFirst(SmallSet set)
    {
        int[] identity = [.. Enumerable.Range(0, set.Kinds.Length)];
        long own = Code(set, identity);
        return Permutations(identity).All(names => Code(set, names) >= own);
    }

    // The set as one number after object i took the place names[i]; sessions are numbered as they come.
    private static long Code(SmallSet set, int[] names)
    {
        int count = names.Length;
        int[] places = new int[count];
        int[] kinds = new int[count];
        for (int i = 0; i < count; i++)
        {
            int place = set.Template.Places[i];
            places[names[i]] = place >= CarriedBase ? names[place - CarriedBase] + CarriedBase : place;
            kinds[names[i]] = set.Kinds[i].Name.Length;
        }

        Dictionary<int, int> sessions = [];
        long code = 0;
        for (int i = 0; i < count; i++)
        {
            int place = places[i];
            if (place is >= 0 and < CarriedBase)
            {
                sessions.TryAdd(place, sessions.Count);
                place = sessions[place];
            }

            code = (code * 32 + place + 1) * 16 + kinds[i];
        }

        HashSet<(int, int)> pairs = [.. set.Pairs().Select(pair => (names[pair.Dependent], names[pair.On]))];
        for (int dependent = 0; dependent < count; dependent++)
        {
            for (int on = 0; on < count; on++)
            {
                code = code * 2 + (pairs.Contains((dependent, on)) ? 1 : 0);
            }
        }

        return code;
    }

    private static IEnumerable<int[]> Permutations(int[] names)
    {
        if (names.Length <= 1)
        {
            yield return names;
            yield break;
        }

        foreach (int first in names)
        {
            foreach (int[] rest in Permutations([.. names.Where(name => name != first)]))
            {
                yield return [first, .. rest];
            }
        }
    }
}
