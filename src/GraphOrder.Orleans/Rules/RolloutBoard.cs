using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// The part of a roll-out in one failure domain: which of its hosts go next, and what became of the others.
/// It knows nothing of grains. Not thread-safe.
/// </summary>
/// <remarks>
/// A host waits until its wave is open and all that it needs is updated; then it asks its domain for a
/// permit, and is updated once it has one. Every call may come twice. A caller stores the state behind each
/// change before it does what follows from it.
/// </remarks>
public sealed class RolloutBoard
{
    private readonly string _rollout;
    private readonly string _grain;
    private readonly RolloutBoardState _state;
    private readonly Dictionary<string, HostProgress> _hosts;

    // The first host that may still wait: those before it went on, and none comes back.
    private int _firstWaiting;

    /// <summary>A board with what was stored of it.</summary>
    /// <param name="rollout">The roll-out.</param>
    /// <param name="domain">The failure domain.</param>
    /// <param name="state">What it remembers; this board changes it.</param>
    public RolloutBoard(string rollout, string domain, RolloutBoardState state)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(state);
        _rollout = rollout;
        _grain = $"{FleetEvent.RolloutPrefix}{rollout}/{domain}";
        _state = state;
        _hosts = state.Hosts.ToDictionary(static host => host.Host.Id, StringComparer.Ordinal);
    }

    /// <summary>The hosts that have not asked yet.</summary>
    public IEnumerable<HostProgress> Waiting => In(HostStage.Waiting);

    /// <summary>The hosts that ask for a permit.</summary>
    public IEnumerable<HostProgress> Asking => In(HostStage.Asking);

    /// <summary>The hosts that are being updated.</summary>
    public IEnumerable<HostProgress> Updating => In(HostStage.Updating);

    /// <summary>The hosts that are updated.</summary>
    public IEnumerable<HostProgress> Done => In(HostStage.Done);

    /// <summary>Whether every host has come to an end, or none more begins.</summary>
    public bool IsOver => _state.Status == RolloutStatus.Aborted
        ? !Updating.Any()
        : _state.Hosts.TrueForAll(static host => host.IsOver);

    /// <summary>The order that a host goes by.</summary>
    public UpdateOrder OrderOf(HostProgress host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new UpdateOrder(host.Host.Id, _rollout, host.Attempt);
    }

    /// <summary>Begins a change: the events of the one before are written by now.</summary>
    public void Begin() => _state.Events.Begin();

    /// <summary>The hosts that may ask next, by wave and then as they were given.</summary>
    /// <param name="countMax">At most how many.</param>
    public ImmutableArray<HostProgress> Next(int countMax)
    {
        ImmutableArray<HostProgress>.Builder next = ImmutableArray.CreateBuilder<HostProgress>();
        if (_state.Status != RolloutStatus.Running)
        {
            return [];
        }

        for (int i = _firstWaiting; i < _state.Hosts.Count && next.Count < countMax; i++)
        {
            HostProgress host = _state.Hosts[i];
            if (host.Wave > _state.OpenWave)
            {
                break;
            }

            if (host.Stage == HostStage.Waiting)
            {
                next.Add(host);
            }
            else if (i == _firstWaiting)
            {
                _firstWaiting++;
            }
        }

        return next.ToImmutable();
    }

    /// <summary>Opens the waves up to one.</summary>
    /// <returns>False where they are open.</returns>
    public bool Open(int wave)
    {
        if (wave <= _state.OpenWave)
        {
            return false;
        }

        _state.OpenWave = wave;
        return true;
    }

    /// <summary>Pauses, resumes or aborts.</summary>
    /// <returns>False where that is so already, or it was aborted.</returns>
    public bool Set(RolloutStatus status)
    {
        if (_state.Status == status || _state.Status == RolloutStatus.Aborted)
        {
            return false;
        }

        _state.Status = status;
        return true;
    }

    /// <summary>A host asks for a permit: all that it needs is updated.</summary>
    /// <param name="host">A host that waits.</param>
    /// <param name="needed">
    /// How the updates that it needs have ended, and the event of the roll-out that lets it go.
    /// </param>
    public static void Ask(HostProgress host, ImmutableArray<EventReference> needed)
    {
        Demand(host, HostStage.Waiting);
        host.Stage = HostStage.Asking;
        host.Attempt++;
        host.Needed = needed;
    }

    /// <summary>A host has its permit.</summary>
    /// <param name="host">A host that asks.</param>
    /// <param name="permit">The number of the domain's event that gave it.</param>
    public static void Go(HostProgress host, long permit)
    {
        Demand(host, HostStage.Asking);
        host.Stage = HostStage.Updating;
        host.Permit = permit;
    }

    /// <summary>A host's update has ended.</summary>
    /// <param name="order">Which.</param>
    /// <param name="outcome">How.</param>
    /// <param name="ended">The number of the host's event that says so.</param>
    /// <param name="why">Why it failed (<see cref="UpdateResult.Why"/>).</param>
    /// <returns>False where that is known already, or the order is no longer this one's.</returns>
    public bool End(UpdateOrder order, UpdateOutcome outcome, long ended, string why = "")
    {
        ArgumentNullException.ThrowIfNull(why);
        if (!_hosts.TryGetValue(order.Host, out HostProgress? host)
            || host.Stage != HostStage.Updating
            || OrderOf(host) != order)
        {
            return false;
        }

        host.Stage = outcome == UpdateOutcome.Done ? HostStage.Done : HostStage.Failed;
        host.Ended = ended;
        host.Why = why;
        return true;
    }

    /// <summary>A host is not updated in this roll-out.</summary>
    /// <param name="host">A host that has not begun.</param>
    /// <param name="why">Why.</param>
    public void Block(HostProgress host, string why)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(why);
        if (host.IsOver)
        {
            throw new InvalidOperationException($"The host '{Printable.Of(host.Host.Id)}' is {host.Stage}.");
        }

        host.Stage = HostStage.Blocked;
        host.Why = why;
        _state.Events.Add(new FleetEvent(_grain, FleetEventKind.HostBlocked)
        {
            Order = OrderOf(host),
            Why = why,
        });
    }

    /// <summary>How a host of this part stands; null where it is none.</summary>
    public HostProgress? Find(string host) => _hosts.GetValueOrDefault(host);

    /// <summary>How the hosts of each wave stand, from wave 0 up to the last that has any here.</summary>
    public ImmutableArray<WaveCounts> Count()
    {
        WaveCounts[] counts = new WaveCounts[_state.Hosts.Count == 0 ? 0 : _state.Hosts[^1].Wave + 1];
        foreach (HostProgress host in _state.Hosts)
        {
            counts[host.Wave] += WaveCounts.Of(host.Stage);
        }

        return [.. counts];
    }

    private static void Demand(HostProgress host, HostStage stage)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Stage != stage)
        {
            throw new InvalidOperationException(
                $"The host '{Printable.Of(host.Host.Id)}' is {host.Stage}, not {stage}.");
        }
    }

    private IEnumerable<HostProgress> In(HostStage stage) =>
        _state.Hosts.Where(host => host.Stage == stage);
}
