namespace GraphOrder;

/// <summary>
/// What a repair costs; the first number that differs decides which of two is the cheaper one. Immutable.
/// </summary>
/// <param name="WeightWaived">
/// The weights of the soft dependencies that it waives, each counted once, in however many phases.
/// </param>
/// <param name="FilesMoved">How many files change their session, those of merged sessions too.</param>
/// <param name="SessionsMerged">How many sessions are gone afterwards.</param>
/// <param name="SessionsSplit">How many sessions are there that were not.</param>
public readonly record struct RepairCost(
    long WeightWaived, int FilesMoved, int SessionsMerged, int SessionsSplit) : IComparable<RepairCost>
{
    /// <inheritdoc/>
    public int CompareTo(RepairCost other)
    {
        int order = WeightWaived.CompareTo(other.WeightWaived);
        order = order != 0 ? order : FilesMoved.CompareTo(other.FilesMoved);
        order = order != 0 ? order : SessionsMerged.CompareTo(other.SessionsMerged);
        return order != 0 ? order : SessionsSplit.CompareTo(other.SessionsSplit);
    }

    /// <summary>Whether the left one is cheaper.</summary>
    public static bool operator <(RepairCost left, RepairCost right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is dearer.</summary>
    public static bool operator >(RepairCost left, RepairCost right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not dearer.</summary>
    public static bool operator <=(RepairCost left, RepairCost right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not cheaper.</summary>
    public static bool operator >=(RepairCost left, RepairCost right) => left.CompareTo(right) >= 0;

    /// <summary>The sum of weights; the greatest number there is where they are more.</summary>
    internal static long Sum(long left, long right) =>
        left > long.MaxValue - right ? long.MaxValue : left + right;
}
