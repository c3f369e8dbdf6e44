namespace GraphOrder;

/// <summary>
/// A step of a closed walk told without ids: kinds for objects, <c>session</c> for sessions.
/// </summary>
/// <param name="First">The kind of what must go first.</param>
/// <param name="Then">The kind of what must go after it.</param>
/// <param name="IsNeedingFirst">
/// Whether what goes first is the end that needs; else it is the end that is needed, or stands first in the
/// kernel's lists.
/// </param>
/// <param name="Phase">The phase that says so.</param>
/// <param name="Rule">The model's rule.</param>
/// <param name="Model">The model of the phase's kernel.</param>
/// <param name="JoinedBy">
/// The kind of the file that joins it to the next step, or <c>session</c>; null where the next step begins at
/// the same object.
/// </param>
public readonly record struct CauseStep(
    string First,
    string Then,
    bool IsNeedingFirst,
    Phase Phase,
    CycleRule Rule,
    string Model,
    string? JoinedBy) : IComparable<CauseStep>
{
    /// <summary>The kind of the end that needs.</summary>
    public string Dependent => IsNeedingFirst ? First : Then;

    /// <summary>The kind of the end that is needed.</summary>
    public string On => IsNeedingFirst ? Then : First;

    /// <summary>An order in which only equal steps are equal; it means nothing else.</summary>
    public int CompareTo(CauseStep other)
    {
        int compared = string.CompareOrdinal(First, other.First);
        compared = compared != 0 ? compared : string.CompareOrdinal(Then, other.Then);
        compared = compared != 0 ? compared : IsNeedingFirst.CompareTo(other.IsNeedingFirst);
        compared = compared != 0 ? compared : Phase.CompareTo(other.Phase);
        compared = compared != 0 ? compared : Rule.CompareTo(other.Rule);
        compared = compared != 0 ? compared : string.CompareOrdinal(Model, other.Model);
        return compared != 0 ? compared : string.CompareOrdinal(JoinedBy, other.JoinedBy);
    }

    /// <inheritdoc/>
    public static bool operator <(CauseStep left, CauseStep right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(CauseStep left, CauseStep right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(CauseStep left, CauseStep right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(CauseStep left, CauseStep right) => left.CompareTo(right) >= 0;
}
