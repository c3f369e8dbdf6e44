namespace GraphOrder.Cli;

/// <summary>How long something took, round by round.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Seconds">The median of the rounds.</param>
/// <param name="OfBaseline">Its speed: the baseline's time to this one's, round by round.</param>
/// <param name="AllocatedBytes">Bytes that one round allocates, on all threads.</param>
internal sealed record Measured(string Name, double Seconds, MedianRatio OfBaseline, long AllocatedBytes);
