using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What two plans say differently of an order of sessions. Immutable.</summary>
/// <param name="Name">Its name: <c>create</c>, <c>retrieve</c>, <c>finish</c>, <c>close</c>, others.</param>
/// <param name="IsInFirst">Whether the first plan has it.</param>
/// <param name="IsInSecond">Whether the second plan has it.</param>
public sealed record SessionOrderDifference(string Name, bool IsInFirst, bool IsInSecond)
{
    /// <summary>How many sessions both have.</summary>
    public int CommonCount { get; init; }

    /// <summary>How many sessions only the first has.</summary>
    public int OnlyFirstCount { get; init; }

    /// <summary>How many sessions only the second has.</summary>
    public int OnlySecondCount { get; init; }

    /// <summary>The least number of sessions that must move.</summary>
    public int MovedCount { get; init; }

    /// <summary>How many pairs of sessions were turned round.</summary>
    public long TurnedPairs { get; init; }

    /// <summary>The first of the sessions that only the first plan has.</summary>
    public ImmutableArray<StepName> OnlyFirst { get; init; } = [];

    /// <summary>The first of the sessions that only the second plan has.</summary>
    public ImmutableArray<StepName> OnlySecond { get; init; } = [];

    /// <summary>The first of the sessions that moved, in the order of the first plan.</summary>
    public ImmutableArray<MovedStep> Moved { get; init; } = [];

    /// <summary>Whether both plans say the same.</summary>
    public bool IsSame => IsInFirst == IsInSecond && MovedCount + OnlyFirstCount + OnlySecondCount == 0;
}
