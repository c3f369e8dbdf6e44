using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace GraphOrder.Orleans;

/// <summary>Opens one wave after another, and adds up what the parts tell.</summary>
internal sealed class RolloutGrain(
    [PersistentState("rollout")] IPersistentState<RolloutState> state,
    IFleetEventLog log,
    IHostUpdater updater,
    IOptions<RolloutSettings> settings,
    TimeProvider clock) : Grain, IRolloutGrain, IRemindable
{
    private readonly Dictionary<string, ImmutableArray<WaveCounts>> _counts = new(StringComparer.Ordinal);

    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);
    private IGrainTimer? _watch;

    // As it is stored: whoever asks in the middle of a change hears what was before it.
    private RolloutStanding _stored = new();

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Append(state.State.Events.Last);
        _stored = Stored();
        Watch();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status) => GoOnAsync();

    /// <inheritdoc/>
    public async Task<RolloutStanding> StartAsync(RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RolloutState now = state.State;
        if (now.Request is null)
        {
            if (Id.Contains('/', StringComparison.Ordinal))
            {
                throw new RolloutException("The id of a roll-out has no '/'. Name it otherwise.");
            }

            if (updater is AbsentUpdater)
            {
                throw new RolloutException(AbsentUpdater.Why);
            }

            // First what may refuse it: of what is refused nothing stays.
            ImmutableArray<FleetHost> hosts = request.RestOf is { } other
                ? await GrainFactory.LeftOfAsync(other, request.Hosts)
                : request.Hosts;
            int waveCount = WavesOf(hosts).DefaultIfEmpty(-1).Max() + 1;
            await DemandSamePolicyAsync(request.Policy);
            await GrainFactory.GetGrain<ICatalogueGrain>(0).AddAsync(Id);
            await GoOnReminder.BeginAsync(this, settings.Value.Wake);
            now.WaveCount = waveCount;
            now.HostCount = hosts.Length;
            now.Domains =
            [
                .. hosts.Select(static host => host.Domain).Distinct().Order(StringComparer.Ordinal),
            ];
            now.Request = request with { Hosts = hosts };
            now.Events.Begin();
            Add(FleetEventKind.RolloutStarted, now.HostCount);
            Add(FleetEventKind.WaveOpened, 0);
            await StoreAsync();
            Watch();
        }

        await GoOnAsync();
        return Standing();
    }

    // A domain counts the hosts of all roll-outs together, and so has one policy for all.
    private async Task DemandSamePolicyAsync(DomainPolicy policy)
    {
        foreach (string other in await GrainFactory.GetGrain<ICatalogueGrain>(0).RolloutsAsync())
        {
            if (other == Id)
            {
                continue;
            }

            RolloutStanding standing = await GrainFactory.GetGrain<IRolloutGrain>(other).StandingAsync();
            if (standing is { IsClosed: false, Policy: { } known } && known != policy)
            {
                throw new RolloutException(
                    $"The roll-out '{Printable.Of(other)}' is under way with other limits: {known.AwayMax} "
                    + $"away at once, {known.Settle.TotalSeconds:0.###} s of settling, {known.FailuresMax} "
                    + "failures in a domain. Give the same, or wait until it is over.");
            }
        }
    }

    /// <inheritdoc/>
    public Task<RolloutStanding> PauseAsync() =>
        SetAsync(RolloutStatus.Paused, FleetEventKind.RolloutPaused, "somebody paused it");

    /// <inheritdoc/>
    public Task<RolloutStanding> ResumeAsync()
    {
        state.State.FailuresSeen = Total().Failed;
        return SetAsync(RolloutStatus.Running, FleetEventKind.RolloutResumed, "");
    }

    /// <inheritdoc/>
    public Task<RolloutStanding> AbortAsync() =>
        SetAsync(RolloutStatus.Aborted, FleetEventKind.RolloutAborted, "somebody aborted it");

    /// <inheritdoc/>
    public async Task<RolloutStanding> StandingAsync()
    {
        // Whoever was away has heard nothing: a roll-out that is over is told by nobody any more.
        if (state.State is { Request.Hosts.IsEmpty: true, Final.IsEmpty: true } now)
        {
            string[] silent = [.. now.Domains.Where(domain => !_counts.ContainsKey(domain))];
            ImmutableArray<WaveCounts>[] told =
                await Task.WhenAll(silent.Select(domain => Part(domain).CountAsync()));
            for (int i = 0; i < silent.Length; i++)
            {
                _counts.TryAdd(silent[i], told[i]);
            }
        }

        return Standing();
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> DomainsAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Domains]);

    /// <inheritdoc/>
    public async Task TellAsync(string domain, ImmutableArray<WaveCounts> counts)
    {
        RolloutState now = state.State;
        _toldAt[domain] = clock.GetTimestamp();
        if (_counts.TryGetValue(domain, out ImmutableArray<WaveCounts> known) && IsBefore(counts, known))
        {
            return;
        }

        _counts[domain] = counts;
        if (now.Request is null || _counts.Count < now.Domains.Length)
        {
            return;
        }

        if (now.Status == RolloutStatus.Running
            && Total().Failed - now.FailuresSeen > now.Request.FailuresMax)
        {
            await SetAsync(
                RolloutStatus.Paused, FleetEventKind.RolloutPaused, "more hosts failed than it allows");
            return;
        }

        bool isOver = Waves().All(static wave => wave.IsOver);
        if (isOver && now.Status is RolloutStatus.Running or RolloutStatus.Paused)
        {
            await SetAsync(RolloutStatus.Ended, FleetEventKind.RolloutEnded, "");
        }
        else if (isOver || now.Status == RolloutStatus.Ended)
        {
            // It missed that; an aborted one has nothing more to tell either.
            if (now.Final.IsEmpty)
            {
                now.Final = [.. Waves()];
                now.Events.Begin();
                await StoreAsync();
            }

            await Part(domain).GoAsync(now.OpenWave, RolloutStatus.Ended, now.Events.Sequence);
            await EndRemindersAsync();
        }
        else if (now.Status == RolloutStatus.Running
            && now.OpenWave < now.WaveCount - 1
            && Waves()[now.OpenWave].IsOver)
        {
            now.OpenWave++;
            now.Events.Begin();
            Add(FleetEventKind.WaveOpened, now.OpenWave);
            await StoreAsync();
            await GoOnAsync();
        }
        else if (IsBehind(counts))
        {
            await Part(domain).GoAsync(now.OpenWave, now.Status, now.Events.Sequence);
        }
    }

    private static ImmutableArray<int> WavesOf(ImmutableArray<FleetHost> hosts)
    {
        try
        {
            return FleetWaves.Of(hosts);
        }
        catch (FleetOrderException refused)
        {
            throw new RolloutException(refused.Message);
        }
    }

    // No host comes back from where it stands: what was told before comes late.
    private static bool IsBefore(ImmutableArray<WaveCounts> counts, ImmutableArray<WaveCounts> known)
    {
        WaveCounts then = WaveCounts.Sum(counts);
        WaveCounts now = WaveCounts.Sum(known);
        return then.Waiting > now.Waiting
            || then.Done + then.Failed + then.Blocked < now.Done + now.Failed + now.Blocked;
    }

    // A part that was never told of the open wave has it all waiting.
    private bool IsBehind(ImmutableArray<WaveCounts> counts) =>
        state.State.OpenWave < counts.Length
        && counts[state.State.OpenWave] is { Waiting: > 0, Updating: 0 };

    private async Task<RolloutStanding> SetAsync(RolloutStatus status, FleetEventKind kind, string why)
    {
        RolloutState now = state.State;
        if (now.Request is not null
            && now.Status != status
            && now.Status is not (RolloutStatus.Aborted or RolloutStatus.Ended))
        {
            now.Status = status;
            now.Why = why;
            now.Final = status == RolloutStatus.Ended ? [.. Waves()] : [];
            now.Events.Begin();
            Add(kind, Total().Failed);
            await StoreAsync();
            await GoOnAsync();
        }

        return Standing();
    }

    // Says again what the parts should know; each part takes it once.
    private async Task GoOnAsync()
    {
        RolloutState now = state.State;
        if (now.Request is null)
        {
            return;
        }

        if (!now.Request.Hosts.IsEmpty)
        {
            ImmutableArray<int> waves = WavesOf(now.Request.Hosts);
            ILookup<string, int> byDomain = Enumerable.Range(0, waves.Length)
                .ToLookup(i => now.Request.Hosts[i].Domain, StringComparer.Ordinal);
            foreach (string domain in now.Domains)
            {
                await GrainFactory.GetGrain<IFailureDomainGrain>(domain).AllowAsync(now.Request.Policy);
                await Part(domain).PrepareAsync(
                    [.. byDomain[domain].Select(i => now.Request.Hosts[i])],
                    [.. byDomain[domain].Select(i => waves[i])],
                    now.Request.Policy.AwayMax);
            }

            now.Request = now.Request with { Hosts = [] };
            now.Events.Begin();
            await StoreAsync();
        }

        await Task.WhenAll(now.Domains.Select(
            domain => Part(domain).GoAsync(now.OpenWave, now.Status, now.Events.Sequence)));
        if (now.Status == RolloutStatus.Ended)
        {
            await EndRemindersAsync();
        }
    }

    // A part that a lost node took along sleeps until somebody calls it: whoever is silent is called.
    private void Watch()
    {
        if (state.State is { Request: not null, Status: RolloutStatus.Running or RolloutStatus.Paused })
        {
            TimeSpan silence = settings.Value.TellAgain * 2;
            _watch ??= this.RegisterGrainTimer(
                WakeAsync, new GrainTimerCreationOptions(TimeSpan.Zero, silence) { KeepAlive = true });
        }
    }

    private async Task WakeAsync(CancellationToken cancellation)
    {
        if (!state.State.Request!.Hosts.IsEmpty)
        {
            await GoOnAsync();
            return;
        }

        await Task.WhenAll(state.State.Domains
            .Where(domain => !_toldAt.TryGetValue(domain, out long told)
                || clock.GetElapsedTime(told) > settings.Value.TellAgain * 2)
            .Select(domain => Part(domain).GoAsync(
                state.State.OpenWave, state.State.Status, state.State.Events.Sequence)));
    }

    private async Task EndRemindersAsync()
    {
        _watch?.Dispose();
        _watch = null;
        await GoOnReminder.EndAsync(this);
    }

    private IRolloutPartGrain Part(string domain) =>
        GrainFactory.GetGrain<IRolloutPartGrain>($"{Id}/{domain}");

    private RolloutStanding Standing() => _stored with { Waves = [.. Waves()] };

    private RolloutStanding Stored() => new()
    {
        IsStarted = state.State.Request is not null,
        Status = state.State.Status,
        OpenWave = state.State.OpenWave,
        HostCount = state.State.HostCount,
        Why = state.State.Why,
        Policy = state.State.Request?.Policy,
        RestOf = state.State.Request?.RestOf,
    };

    private WaveCounts[] Waves()
    {
        if (!state.State.Final.IsDefaultOrEmpty)
        {
            return [.. state.State.Final];
        }

        WaveCounts[] waves = new WaveCounts[state.State.WaveCount];
        foreach (ImmutableArray<WaveCounts> counts in _counts.Values)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                waves[i] += counts[i];
            }
        }

        return waves;
    }

    private WaveCounts Total() => WaveCounts.Sum(Waves());

    private void Add(FleetEventKind kind, int count) => state.State.Events.Add(
        new FleetEvent(FleetEvent.RolloutPrefix + Id, kind) { Count = count });

    private async Task StoreAsync()
    {
        await StoredEvents.StoreAsync(this, state, state.State.Events, log);
        _stored = Stored();
    }
}
