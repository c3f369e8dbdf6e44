namespace GraphOrder;

/// <summary>A step that stands elsewhere among the steps that two plans have both. Immutable.</summary>
/// <param name="Step">What it moves.</param>
/// <param name="First">Its number in the first plan, from 0 up.</param>
/// <param name="Second">Its number in the second plan.</param>
/// <param name="By">
/// How much later it goes, counted in the steps that both plans have; negative for earlier. 0 where as many
/// went past it one way as the other.
/// </param>
/// <param name="TurnedCount">With how many other steps it was turned round.</param>
public sealed record MovedStep(StepName Step, int First, int Second, long By, long TurnedCount)
{
    /// <summary>A step that was turned round with it: the witness; null where none is told.</summary>
    public StepName? Other { get; init; }

    /// <summary>Why: a position in <see cref="PlanDifference.Causes"/>; -1 where no cause is told.</summary>
    public int Cause { get; init; } = -1;
}
