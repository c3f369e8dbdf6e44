namespace GraphOrder.Orleans;

/// <summary>A clock that stands until it is moved. Not thread-safe.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    /// <summary>How far it has gone.</summary>
    public TimeSpan Now { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;
}
