using System.Runtime.Intrinsics;

namespace GraphOrder.PageTables;

/// <summary>How far words are apart.</summary>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
/// <param name="Differing">The bits in which some word differs from the first one.</param>
internal readonly record struct WordSpread(ulong Min, ulong Max, ulong Differing)
{
    /// <summary>Of lanes.</summary>
    public static WordSpread Of(Vector512<ulong> min, Vector512<ulong> max, Vector512<ulong> differing) => Of(
        Vector256.Min(min.GetLower(), min.GetUpper()), Vector256.Max(max.GetLower(), max.GetUpper()),
        differing.GetLower() | differing.GetUpper());

    /// <summary>Of lanes.</summary>
    public static WordSpread Of(Vector256<ulong> min, Vector256<ulong> max, Vector256<ulong> differing) => Of(
        Vector128.Min(min.GetLower(), min.GetUpper()), Vector128.Max(max.GetLower(), max.GetUpper()),
        differing.GetLower() | differing.GetUpper());

    /// <summary>Of lanes.</summary>
    public static WordSpread Of(
        Vector128<ulong> min, Vector128<ulong> max, Vector128<ulong> differing) => new(
        Math.Min(min[0], min[1]), Math.Max(max[0], max[1]), differing[0] | differing[1]);
}
