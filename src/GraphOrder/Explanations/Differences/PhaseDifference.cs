using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What two plans do differently in a phase. Immutable.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="FirstCount">How many steps the first plan has.</param>
/// <param name="SecondCount">How many steps the second plan has.</param>
public sealed record PhaseDifference(Phase Phase, int FirstCount, int SecondCount)
{
    /// <summary>
    /// Whether the steps can be compared; not where one plan moves files or objects and the other sessions,
    /// or everything at once. All else is empty then.
    /// </summary>
    public bool IsComparable { get; init; } = true;

    /// <summary>How many steps both have.</summary>
    public int CommonCount { get; init; }

    /// <summary>How many steps only the first has; not what the second moves inside another step.</summary>
    public int OnlyFirstCount { get; init; }

    /// <summary>How many steps only the second has; not what the first moves inside another step.</summary>
    public int OnlySecondCount { get; init; }

    /// <summary>How many steps of the first the second moves inside another step.</summary>
    public int InsideSecondCount { get; init; }

    /// <summary>How many steps of the second the first moves inside another step.</summary>
    public int InsideFirstCount { get; init; }

    /// <summary>The least number of steps that must move to make one order of the other.</summary>
    public int MovedCount { get; init; }

    /// <summary>How many pairs of steps were turned round.</summary>
    public long TurnedPairs { get; init; }

    /// <summary>How many steps carry something else, or in another order.</summary>
    public int CarriedChangedCount { get; init; }

    /// <summary>How many steps have another token.</summary>
    public int TokenChangedCount { get; init; }

    /// <summary>How many steps belong to another session.</summary>
    public int SessionChangedCount { get; init; }

    /// <summary>The first of the steps that only the first plan has, in its order.</summary>
    public ImmutableArray<StepName> OnlyFirst { get; init; } = [];

    /// <summary>The first of the steps that only the second plan has, in its order.</summary>
    public ImmutableArray<StepName> OnlySecond { get; init; } = [];

    /// <summary>The first of the steps that moved, in the order of the first plan.</summary>
    public ImmutableArray<MovedStep> Moved { get; init; } = [];

    /// <summary>Whether both plans do the same in this phase.</summary>
    public bool IsSame => IsComparable
        && MovedCount == 0
        && OnlyFirstCount + OnlySecondCount + InsideFirstCount + InsideSecondCount == 0
        && CarriedChangedCount + TokenChangedCount + SessionChangedCount == 0;
}
