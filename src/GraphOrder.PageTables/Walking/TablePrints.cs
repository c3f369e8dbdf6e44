using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <summary>
/// What tables looked like when they were first read, so that a second reading tells whether somebody wrote
/// meanwhile: two sums of the words, of which the second knows their order. A change of one word is always
/// seen, one of several all but always. Not thread-safe.
/// </summary>
internal sealed class TablePrints
{
    private readonly Dictionary<ulong, ulong> _prints = [];

    /// <summary>Forgets all.</summary>
    public void Clear() => _prints.Clear();

    /// <summary>Whether a table has the words that it had before; one that is new is remembered.</summary>
    /// <param name="table">Its address.</param>
    /// <param name="words">Its words, as they are now.</param>
    public bool IsSame(ulong table, ReadOnlySpan<ulong> words)
    {
        ulong print = Of(words);
        ref ulong known = ref CollectionsMarshal.GetValueRefOrAddDefault(_prints, table, out bool isKnown);
        bool isSame = !isKnown || known == print;
        known = print;
        return isSame;
    }

    private static ulong Of(ReadOnlySpan<ulong> words)
    {
        Vector<ulong> sum = default;
        Vector<ulong> sums = default;
        foreach (Vector<ulong> piece in MemoryMarshal.Cast<ulong, Vector<ulong>>(words))
        {
            sum += piece;
            sums += sum;
        }

        // A root may be shorter than a vector.
        const ulong Odd = 0x9E37_79B9_7F4A_7C15;
        ulong print = 0;
        foreach (ulong word in words[(words.Length - (words.Length % Vector<ulong>.Count))..])
        {
            print = unchecked((print ^ word) * Odd);
        }

        for (int lane = 0; lane < Vector<ulong>.Count; lane++)
        {
            print = unchecked((print ^ sum[lane]) * Odd);
            print = unchecked((print ^ sums[lane]) * Odd);
        }

        return print;
    }
}
