namespace GraphOrder;

/// <summary>
/// One call of a schedule: a step, the steps that one call does together, or the jump into the next kernel.
/// </summary>
/// <param name="Phase">Its phase; null for the jump.</param>
/// <param name="FirstStep">Its first step in the phase.</param>
/// <param name="StepCount">How many steps it does: more than one where the kernel runs through them.</param>
/// <param name="StartMicroseconds">When it starts, counted from the start of the schedule.</param>
/// <param name="Microseconds">How long it takes.</param>
public readonly record struct ScheduledCall(
    Phase? Phase, int FirstStep, int StepCount, long StartMicroseconds, long Microseconds);

/// <summary>One link of what a guest waits for.</summary>
/// <param name="Call">The call.</param>
/// <param name="Class">
/// The class of which it waits for a place that the link in front of it holds; null where it waits for the
/// link itself.
/// </param>
public readonly record struct ChainLink(ScheduledCall Call, string? Class);

/// <summary>What would make the blackouts shorter, and by how much.</summary>
/// <param name="Call">The call that would have to take no time; null where a class is meant.</param>
/// <param name="Class">The class whose limit would have to be one more; null where a call is meant.</param>
/// <param name="Guests">How many guests wait for it; 0 for a class.</param>
/// <param name="GainMicroseconds">By how much less the sum of blackouts would then be.</param>
public sealed record SpeedUp(ScheduledCall? Call, string? Class, int Guests, long GainMicroseconds);
