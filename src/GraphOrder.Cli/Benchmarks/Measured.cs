namespace GraphOrder.Cli;

/// <summary>How long something took, round by round.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Seconds">The median of the rounds.</param>
/// <param name="OfFirst">The median of the rounds' ratios: the first one's time to this one's.</param>
/// <param name="AllocatedBytes">Bytes that one round allocates, on all threads.</param>
internal sealed record Measured(string Name, double Seconds, double OfFirst, long AllocatedBytes);
