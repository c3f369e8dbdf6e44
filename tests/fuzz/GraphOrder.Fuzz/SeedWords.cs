using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.Fuzz;

/// <summary>The words of a target's seeds as a dictionary of AFL++: what chance would not spell.</summary>
internal static partial class SeedWords
{
    private const int WordsMax = 250;

    /// <summary>Writes it: a line for each word, in quotes.</summary>
    public static void Write(FuzzTarget target, string path)
    {
        SortedSet<string> words = new(StringComparer.Ordinal);
        foreach (byte[] seed in target.Seeds())
        {
            words.UnionWith(Word().Matches(Encoding.Latin1.GetString(seed)).Select(found => found.Value));
        }

        // Evenly over the alphabet, where there are too many.
        int step = (words.Count / WordsMax) + 1;
        File.WriteAllLines(path, words.Where((_, i) => i % step == 0).Select(word => $"\"{word}\""));
    }

    [GeneratedRegex("[A-Za-z][A-Za-z0-9_./-]{2,23}")]
    private static partial Regex Word();
}
