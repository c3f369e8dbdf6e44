using System.Diagnostics;

namespace GraphOrder.Orleans.Tests;

/// <summary>
/// A clock on the wall that somebody sets every fifth of a second, by hours and to and fro; timestamps run
/// forward as ever.
/// </summary>
internal sealed class JumpingClock(ulong seed) : TimeProvider
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _readCount;

    /// <summary>How far from the right time it may be.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromHours(10);

    /// <summary>Whether it is set at all.</summary>
    public bool IsSet { get; set; }

    /// <summary>How often it was read since it is set.</summary>
    public int ReadCount => _readCount;

    public override DateTimeOffset GetUtcNow()
    {
        if (!IsSet)
        {
            return base.GetUtcNow();
        }

        Interlocked.Increment(ref _readCount);
        ulong turn = (ulong)(Stopwatch.GetElapsedTime(_begun) / TimeSpan.FromMilliseconds(200));
        SplitMix64 chance = new(seed + (turn * 7919));
        return base.GetUtcNow() + (Most * ((2 * chance.NextShare()) - 1));
    }
}
