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
            if (candidate.Length <= LengthMax && text.Length <= LengthMax)
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
