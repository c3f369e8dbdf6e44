namespace GraphOrder.Orleans;

/// <summary>
/// What a simulated fleet is like. Every figure is an assumption; none was measured on a fleet. Immutable.
/// </summary>
public sealed record FleetModel
{
    /// <summary>How many hosts there are.</summary>
    public int HostCount { get; init; } = 100_000;

    /// <summary>How many of them stand in one failure domain; the last domain has what is left.</summary>
    public int DomainHostCount { get; init; } = 40;

    /// <summary>
    /// How many hosts of each domain are storage backends; every other host of it needs one of them, in turn.
    /// </summary>
    public int BackendCount { get; init; }

    /// <summary>What each domain allows.</summary>
    public DomainPolicy Policy { get; init; } = DomainPolicy.Default;

    /// <summary>The least time that an update takes: drain, kexec, resume.</summary>
    public TimeSpan UpdateLeast { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>What it takes beyond that in the mean, spread exponentially.</summary>
    public TimeSpan UpdateSpread { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of updates that are stragglers.</summary>
    public double StragglerShare { get; init; } = 0.01;

    /// <summary>How many times as long a straggler takes.</summary>
    public int StragglerFactor { get; init; } = 10;

    /// <summary>The share of updates that fail, at their end.</summary>
    public double FailureShare { get; init; } = 0.001;

    /// <summary>
    /// How long it takes until somebody has repaired a failed host and lets its domain go on.
    /// </summary>
    public TimeSpan Repair { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How many planner nodes share the domains.</summary>
    public int NodeCount { get; init; } = 3;

    /// <summary>The mean time between two losses of a node, anywhere; zero for none.</summary>
    public TimeSpan NodeLossEvery { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How long the domains of a lost node stand still: nothing begins there, what has ended is noticed
    /// afterwards, and settling begins anew.
    /// </summary>
    public TimeSpan NodeTakeover { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a domain takes to notice that an update has ended and to begin the next.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What chance follows from: the same seed gives the same run.</summary>
    public ulong Seed { get; init; }

    /// <summary>After how much simulated time it is given up.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Throws where the model makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure lies outside what it can be.</exception>
    public void Demand()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HostCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(DomainHostCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BackendCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(BackendCount, DomainHostCount + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StragglerFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NodeCount, 1);
        foreach (double share in (double[])[StragglerShare, FailureShare])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(share);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        }

        foreach (TimeSpan time in (TimeSpan[])
            [UpdateLeast, UpdateSpread, Repair, NodeLossEvery, NodeTakeover, Turn])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        }

        Policy.Demand();
    }
}
