namespace GraphOrder;

/// <summary>When a step runs.</summary>
/// <param name="StartMicroseconds">When it starts, counted from the start of the schedule.</param>
/// <param name="Microseconds">How long it takes.</param>
public readonly record struct StepTime(long StartMicroseconds, long Microseconds);
