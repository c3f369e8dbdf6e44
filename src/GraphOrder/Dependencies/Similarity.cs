using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>Finds what somebody probably meant.</summary>
public static class Similarity
{
    private const int LengthMax = 64;

    /// <summary>
    /// The candidate with the smallest edit distance (insert, delete, replace, swap of neighbours), where
    /// that is at most one or a third of the text's length and something of the text is left; the first of
    /// several; null where none is near. One that differs in capitals alone is the nearest.
    /// </summary>
    public static string? Nearest(string text, ReadOnlySpan<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? nearest = null;
        int best = Math.Min(text.Length, Math.Max(1, text.Length / 3) + 1);
        foreach (string candidate in candidates)
        {
            if (string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }

            if (candidate.Length <= LengthMax && text.Length <= LengthMax
                && Math.Abs(candidate.Length - text.Length) < best)
            {
                int distance = Distance(text, candidate);
                if (distance < best)
                {
                    best = distance;
                    nearest = candidate;
                }
            }
        }

        return nearest;
    }

    /// <summary>
    /// The nearest of the names that stand for something (their entry in <paramref name="indexOf"/> is not
    /// negative); null also where there are so many that looking at each would take too long.
    /// </summary>
    internal static string? Nearest(string text, NameTable names, int[] indexOf)
    {
        const int looksMax = 20_000;
        if (names.Count > looksMax)
        {
            return null;
        }

        List<string> candidates = [];
        for (int i = 0; i < names.Count; i++)
        {
            if (indexOf[i] >= 0)
            {
                candidates.Add(names.Text(i));
            }
        }

        return Nearest(text, CollectionsMarshal.AsSpan(candidates));
    }

    /// <summary>
    /// The object or session of a set that somebody probably meant: an id, or <c>session:NAME</c>; a bare
    /// session's name too. Null where none is near.
    /// </summary>
    public static string? NearestEnd(SessionSet set, string text)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(text);
        if (set.TryFindSession(text, out _))
        {
            return SessionSet.SessionPrefix + text;
        }

        if (text.StartsWith(SessionSet.SessionPrefix, StringComparison.Ordinal))
        {
            string? session = Nearest(
                text[SessionSet.SessionPrefix.Length..], set.SessionNames, new int[set.SessionNames.Count]);
            return session is null ? null : SessionSet.SessionPrefix + session;
        }

        return Nearest(text, set.Ids, new int[set.Ids.Count]);
    }

    // Damerau's distance on three rows: insert, delete, replace, and two neighbours that changed places.
    private static int Distance(string left, string right)
    {
        int[] twoAbove = new int[right.Length + 1];
        int[] above = new int[right.Length + 1];
        int[] row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            (twoAbove, above, row) = (above, row, twoAbove);
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }
        }

        return row[right.Length];
    }
}
