namespace GraphOrder;

/// <summary>Which activity each step of a phase is, or belongs to. Immutable once made.</summary>
/// <param name="Steps">The phase's steps.</param>
/// <param name="ActivityOf">The activity of each step; several steps of one call share one.</param>
/// <param name="Offsets">When in its activity each step starts.</param>
/// <param name="Microseconds">What each step costs.</param>
internal sealed record PhaseActivities(
    PhaseSteps Steps, int[] ActivityOf, long[] Offsets, long[] Microseconds);
