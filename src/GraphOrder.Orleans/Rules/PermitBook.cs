namespace GraphOrder.Orleans;

/// <summary>
/// Who of a failure domain is away, and who may go: the cap, the settling and the stop. It knows nothing of
/// grains. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>Every call may come twice, and late: what it asks for is then done already. Each change adds its
/// events to the state; a caller stores the state before it answers.</para>
/// <para>Settling is measured by a clock that only runs forward, and begins anew where the book is read
/// again: a clock that is set, or a grain that moves, makes a host settle longer and never shorter.</para>
/// </remarks>
public sealed class PermitBook
{
    private readonly string _grain;
    private readonly PermitBookState _state;
    private readonly TimeProvider _clock;
    private readonly Dictionary<UpdateOrder, long> _settlesSince = [];

    /// <summary>A book with what was stored of it.</summary>
    /// <param name="domain">The name of the failure domain.</param>
    /// <param name="state">What it remembers; this book changes it.</param>
    /// <param name="clock">Tells how long hosts have settled.</param>
    public PermitBook(string domain, PermitBookState state, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(clock);
        _grain = FleetEvent.DomainPrefix + domain;
        _state = state;
        _clock = clock;
        foreach (Permit permit in state.Away)
        {
            if (permit.Status == PermitStatus.Settling)
            {
                _settlesSince.Add(permit.Order, clock.GetTimestamp());
            }
        }
    }

    /// <summary>Whether more hosts have failed than the domain allows.</summary>
    public bool IsHalted => _state.FailureCount > _state.Policy.FailuresMax;

    /// <summary>How many hosts may still go.</summary>
    public int FreeCount => IsHalted ? 0 : Math.Max(0, _state.Policy.AwayMax - _state.Away.Count);

    /// <summary>Begins a change: the events of the one before are written by now.</summary>
    public void Begin() => _state.Events.Begin();

    /// <summary>Asks for a permit.</summary>
    /// <param name="order">For what.</param>
    /// <param name="given">The number of the event that gave it; 0 where it was not given.</param>
    public PermitAnswer Take(UpdateOrder order, out long given)
    {
        if (TakeAgain(order, out given) is not PermitAnswer.Outdated and var answer)
        {
            return answer;
        }

        if (IsHalted)
        {
            return PermitAnswer.Halted;
        }

        if (FreeCount == 0)
        {
            return PermitAnswer.Full;
        }

        given = _state.Events.Sequence + 1;
        _state.Away.Add(new Permit(order, PermitStatus.Updating, given));
        Add(FleetEventKind.PermitGiven, order);
        return PermitAnswer.Granted;
    }

    /// <summary>
    /// Asks for a permit without knowing what has happened here last. A permit that was given back may be
    /// asked for again only so: it is not given a second time, since nobody would give it back.
    /// </summary>
    /// <param name="order">For what.</param>
    /// <param name="given">The number of the event that gave it; 0 where it was not given.</param>
    public PermitAnswer TakeAgain(UpdateOrder order, out long given)
    {
        given = 0;
        if (Find(order.Host) is not { } permit)
        {
            return PermitAnswer.Outdated;
        }

        // Who settles or failed has had its update; a late repetition must not begin another.
        if (permit.Order != order || permit.Status != PermitStatus.Updating)
        {
            return PermitAnswer.Elsewhere;
        }

        given = permit.Given;
        return PermitAnswer.Granted;
    }

    /// <summary>Gives a permit back: the host settles, or has failed and stays away.</summary>
    /// <param name="order">What it was given for.</param>
    /// <param name="outcome">How the update ended.</param>
    /// <param name="ended">The host's event that says so.</param>
    /// <returns>False where nothing was to be done.</returns>
    public bool Return(UpdateOrder order, UpdateOutcome outcome, EventReference ended)
    {
        if (Find(order.Host) is not { Status: PermitStatus.Updating } permit || permit.Order != order)
        {
            return false;
        }

        if (outcome == UpdateOutcome.Failed)
        {
            Replace(permit, PermitStatus.Failed);
            _state.FailureCount++;
            Add(FleetEventKind.PermitFailed, order, ended);
            if (_state.FailureCount == _state.Policy.FailuresMax + 1)
            {
                Add(FleetEventKind.DomainHalted);
            }
        }
        else if (_state.Policy.Settle > TimeSpan.Zero)
        {
            Replace(permit, PermitStatus.Settling);
            _settlesSince[order] = _clock.GetTimestamp();
            Add(FleetEventKind.PermitSettling, order, ended);
        }
        else
        {
            Free(permit, ended);
        }

        return true;
    }

    /// <summary>Takes back a permit whose update never began.</summary>
    /// <returns>False where nothing was to be done.</returns>
    public bool Withdraw(UpdateOrder order)
    {
        if (Find(order.Host) is not { Status: PermitStatus.Updating } permit || permit.Order != order)
        {
            return false;
        }

        Free(permit);
        return true;
    }

    /// <summary>Frees the hosts that have settled for long enough.</summary>
    /// <returns>How many.</returns>
    public int EndSettling()
    {
        int count = 0;
        for (int i = _state.Away.Count - 1; i >= 0; i--)
        {
            Permit permit = _state.Away[i];
            if (permit.Status == PermitStatus.Settling
                && _clock.GetElapsedTime(_settlesSince[permit.Order]) >= _state.Policy.Settle)
            {
                Free(permit);
                count++;
            }
        }

        return count;
    }

    /// <summary>Somebody has repaired a host that failed: it is no longer away.</summary>
    /// <returns>False where it had not failed.</returns>
    public bool Repair(string host)
    {
        if (Find(host) is not { Status: PermitStatus.Failed } permit)
        {
            return false;
        }

        Free(permit);
        return true;
    }

    /// <summary>Somebody has looked at the failures: they count no longer.</summary>
    /// <returns>False where there were none.</returns>
    public bool Resume()
    {
        if (_state.FailureCount == 0)
        {
            return false;
        }

        bool wasHalted = IsHalted;
        _state.FailureCount = 0;
        if (wasHalted)
        {
            Add(FleetEventKind.DomainResumed);
        }

        return true;
    }

    /// <summary>
    /// Changes what the domain allows. Nobody who is away is called back; with fewer permits than hosts away
    /// nobody goes until enough have come.
    /// </summary>
    /// <returns>False where it allows that already.</returns>
    public bool Allow(DomainPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Demand();
        if (_state.Policy == policy)
        {
            return false;
        }

        _state.Policy = policy;
        Add(FleetEventKind.DomainPolicy);
        return true;
    }

    private Permit? Find(string host)
    {
        foreach (Permit permit in _state.Away)
        {
            if (permit.Order.Host == host)
            {
                return permit;
            }
        }

        return null;
    }

    private void Replace(Permit permit, PermitStatus status) =>
        _state.Away[_state.Away.IndexOf(permit)] = permit with { Status = status };

    private void Free(Permit permit, params ReadOnlySpan<EventReference> after)
    {
        _state.Away.Remove(permit);
        _settlesSince.Remove(permit.Order);
        Add(FleetEventKind.PermitFree, permit.Order, after);
    }

    private void Add(
        FleetEventKind kind, UpdateOrder? order = null, params ReadOnlySpan<EventReference> after) =>
        _state.Events.Add(new FleetEvent(_grain, kind)
        {
            Order = order,
            Away = _state.Away.Count,
            AwayMax = _state.Policy.AwayMax,
            After = [.. after],
        });
}
