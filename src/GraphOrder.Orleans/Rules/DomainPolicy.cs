namespace GraphOrder.Orleans;

/// <summary>What a failure domain allows. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed record DomainPolicy
{
    /// <summary>One host at a time, a minute of settling, and no failure.</summary>
    public static DomainPolicy Default { get; } = new();

    /// <summary>
    /// How many hosts of the domain may be away at once: being updated, settling, or failed and not yet
    /// repaired. At least 1.
    /// </summary>
    [Id(0)]
    public int AwayMax { get; init; } = 1;

    /// <summary>How long an updated host still counts as away.</summary>
    [Id(1)]
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many hosts may fail before the domain gives no more permits; 0 for none.</summary>
    [Id(2)]
    public int FailuresMax { get; init; }

    /// <summary>Throws where the policy makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A cap below 1, or a settle time or number of failures below 0.
    /// </exception>
    public void Demand()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AwayMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Settle, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(FailuresMax);
    }
}
