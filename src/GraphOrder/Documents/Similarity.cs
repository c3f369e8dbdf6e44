using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>Finds what somebody probably meant.</summary>
public static class Similarity
{
    private const int LengthMax = 64;

    /// <summary>
    /// The candidate with the smallest edit distance (insert, delete, replace), where that is at most one or a third
    /// of the text's length and something of the text is left; the first of several; null where none is near.
    /// </summary>
    public static string? Nearest(string text, ReadOnlySpan<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? nearest = null;
        int best = Math.Min(text.Length, Math.Max(1, text.Length / 3) + 1);
        foreach (string candidate in candidates)
        {
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
    /// The nearest of the names that stand for something (their entry in <paramref name="indexOf"/> is not negative);
    /// null also where there are so many that looking at each would take too long.
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

    private static int Distance(string left, string right)
    {
        int[] row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
