namespace GraphOrder.Orleans;

/// <summary>A failure domain of a simulated fleet: what its grains remember and decide by.</summary>
internal sealed class SimulatedDomain
{
    private readonly PermitBookState _permits;
    private readonly RolloutBoardState _hosts;
    private readonly SimulatedTime _clock;

    public SimulatedDomain(
        string name, DomainPolicy policy, IEnumerable<HostProgress> hosts, SimulatedTime clock)
    {
        Name = name;
        _clock = clock;
        _permits = new PermitBookState { Policy = policy };
        _hosts = new RolloutBoardState { Hosts = [.. hosts] };
        Board = new RolloutBoard(FleetSimulator.Rollout, name, _hosts);
        Book = new PermitBook(name, _permits, clock);
    }

    public string Name { get; }

    public RolloutBoard Board { get; private set; }

    public PermitBook Book { get; private set; }

    /// <summary>Until when its node is gone.</summary>
    public TimeSpan GoneUntil { get; private set; }

    /// <summary>When its next turn is; the greatest time for none.</summary>
    public TimeSpan TurnAt { get; set; } = TimeSpan.MaxValue;

    public int AwayCount => _permits.Away.Count;

    /// <summary>Whether a host of it settles.</summary>
    public bool HasSettling => _permits.Away.Exists(static permit => permit.Status == PermitStatus.Settling);

    /// <summary>Its node is lost: another reads what was stored, and nothing else is left.</summary>
    public void Lose(TimeSpan takeover)
    {
        GoneUntil = _clock.Now + takeover;
        Board = new RolloutBoard(FleetSimulator.Rollout, Name, _hosts);
    }

    /// <summary>Another node has it now; what settles begins anew.</summary>
    public void TakeOver() => Book = new PermitBook(Name, _permits, _clock);

    /// <summary>The events of the last change.</summary>
    public IEnumerable<FleetEvent> LastEvents => [.. _permits.Events.Last, .. _hosts.Events.Last];

    /// <summary>Begins a change of both.</summary>
    public void Begin()
    {
        Book.Begin();
        Board.Begin();
    }
}
