using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <summary>
/// What tables looked like when they were first read, so that a second reading tells whether somebody wrote
/// meanwhile: two sums of the words, of which the second knows their order. A change of one word is always
/// seen, one of several all but always. Thread-safe.
/// </summary>
internal sealed class TablePrints
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    private readonly Lock _guard = new();
    private readonly Dictionary<ulong, (ulong Words, ulong Order)> _prints = [];

    /// <summary>Forgets all.</summary>
    public void Clear() => _prints.Clear();

    /// <summary>Whether a table has the words that it had before; one that is new is remembered.</summary>
    /// <param name="table">Its address.</param>
    /// <param name="words">Its words, as they are now.</param>
    public bool IsSame(ulong table, ReadOnlySpan<ulong> words)
    {
        (ulong, ulong) print = Of(words);
        lock (_guard)
        {
            ref (ulong, ulong) known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _prints, table, out bool isKnown);
            bool isSame = !isKnown || known == print;
            known = print;
            return isSame;
        }
    }

    private static (ulong, ulong) Of(ReadOnlySpan<ulong> words)
    {
        Vector<ulong> sum = default;
        Vector<ulong> sums = default;
        int whole = words.Length - (words.Length % Vector<ulong>.Count);
        for (int i = 0; i < whole; i += Vector<ulong>.Count)
        {
            sum += new Vector<ulong>(words[i..]);
            sums += sum;
        }

        ulong print = 0;
        ulong order = 0;
        for (int lane = 0; lane < Vector<ulong>.Count; lane++)
        {
            print = Mix(print, sum[lane]);
            order = Mix(order, sums[lane]);
        }

        // A root may be no whole vector.
        for (int i = whole; i < words.Length; i++)
        {
            print = Mix(print, words[i]);
        }

        return (print, order);
    }

    // One to one in each of the two.
    private static ulong Mix(ulong print, ulong word) =>
        unchecked(BitOperations.RotateLeft(print ^ word, 29) * Odd);
}
