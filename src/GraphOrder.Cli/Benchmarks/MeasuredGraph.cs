namespace GraphOrder.Cli;

/// <summary>A thing that was timed, and how much it was done to.</summary>
/// <param name="Time">How long it took.</param>
/// <param name="Baseline">The name of what it is measured against; its own where it is a baseline.</param>
/// <param name="Objects">Objects in one round: a mean where rounds differ.</param>
/// <param name="Dependencies">Dependencies in one round.</param>
internal sealed record MeasuredGraph(Measured Time, string Baseline, double Objects, double Dependencies);
