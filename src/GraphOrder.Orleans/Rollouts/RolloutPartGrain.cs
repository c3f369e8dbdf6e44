using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GraphOrder.Orleans;

/// <summary>
/// Keeps the <see cref="RolloutBoard"/> of one domain: it looks in turns, and stores what it decides before
/// it does what follows.
/// </summary>
internal sealed partial class RolloutPartGrain(
    [PersistentState("part")] IPersistentState<RolloutPartState> state,
    IFleetEventLog log,
    IOptions<RolloutSettings> settings,
    TimeProvider clock,
    ILogger<RolloutPartGrain> logger) : Grain, IRolloutPartGrain, IRemindable
{
    private readonly Dictionary<string, long> _askedAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PermitAnswer> _answers = new(StringComparer.Ordinal);
    private RolloutBoard? _board;
    private string _rollout = "";
    private string _domain = "";
    private IGrainTimer? _timer;
    private ImmutableArray<WaveCounts> _told = [];
    private long _toldAt;
    private long _domainSeen;

    private RolloutBoard Board => _board!;

    private bool IsPrepared => state.State.Board.Hosts.Count > 0;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        string key = this.GetPrimaryKeyString();
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        _rollout = key[..slash];
        _domain = key[(slash + 1)..];
        _board = new RolloutBoard(_rollout, _domain, state.State.Board);
        log.Append(state.State.Board.Events.Last);
        StartTurns();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task PrepareAsync(ImmutableArray<FleetHost> hosts, ImmutableArray<int> waves, int countMax)
    {
        if (IsPrepared)
        {
            return;
        }

        await GoOnReminder.BeginAsync(this, settings.Value.Wake);
        state.State.CountMax = countMax;
        state.State.Board.Hosts =
        [
            .. Enumerable.Range(0, hosts.Length)
                .OrderBy(i => waves[i])
                .Select(i => new HostProgress(hosts[i], waves[i])),
        ];
        await StoreAsync();
        _board = new RolloutBoard(_rollout, _domain, state.State.Board);
        StartTurns();
    }

    /// <inheritdoc/>
    public async Task GoAsync(int openWave, RolloutStatus status, long asOf)
    {
        if (asOf < state.State.Heard)
        {
            return;
        }

        Board.Begin();
        bool isNew = Board.Open(openWave);
        if (Board.Set(status) || isNew || asOf > state.State.Heard)
        {
            state.State.Heard = asOf;
            await StoreAsync();
        }

        // The roll-out may rest on counts from before: what still runs here is noticed first.
        if (status == RolloutStatus.Ended && Board.IsOver && !Board.Asking.Any())
        {
            _timer?.Dispose();
            await GoOnReminder.EndAsync(this);
        }
    }

    /// <inheritdoc/>
    public Task EndedAsync(UpdateOrder order)
    {
        _askedAt.Remove(order.Host);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<WaveCounts>> CountAsync() => Task.FromResult(Board.Count());

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> DoneAsync() => Task.FromResult<ImmutableArray<string>>(
        [.. Board.Done.Select(static host => host.Host.Id)]);

    /// <inheritdoc/>
    public Task<string?> WhyAsync(string host) =>
        Task.FromResult(Board.Find(host) is { } found ? WhyOf(found) : null);

    private string WhyOf(HostProgress host) => host.Stage switch
    {
        HostStage.Waiting or HostStage.Asking when state.State.Board.Status == RolloutStatus.Paused =>
            "the roll-out is paused",
        HostStage.Waiting when state.State.Board.Status != RolloutStatus.Running =>
            "the roll-out is over",
        HostStage.Waiting when host.Wave > state.State.Board.OpenWave =>
            $"its wave {host.Wave + 1} is not open: wave {state.State.Board.OpenWave + 1} is not over",
        HostStage.Waiting => Board.Asking.FirstOrDefault() is { } first
            ? $"other hosts of its domain ask first, and '{first.Host.Id}' waits: {WhyNoPermit(first)}"
            : "other hosts of its domain go first",
        HostStage.Asking => WhyNoPermit(host),
        HostStage.Updating => "it is being updated",
        HostStage.Done => "it is updated",
        HostStage.Failed when host.Why.Length > 0 => $"its update failed: {host.Why}",
        HostStage.Failed => "its update failed",
        _ => $"it is blocked: {host.Why}",
    };

    private string WhyNoPermit(HostProgress host) => _answers.GetValueOrDefault(host.Host.Id) switch
    {
        PermitAnswer.Halted => $"domain '{_domain}' has halted: too many of its hosts failed",
        PermitAnswer.Elsewhere => "it is away for another roll-out, or failed and is not repaired",
        _ => $"domain '{_domain}' has as many hosts away as it allows",
    };

    private void StartTurns()
    {
        if (IsPrepared && state.State.Board.Status != RolloutStatus.Ended)
        {
            _timer?.Dispose();
            _timer = this.RegisterGrainTimer(
                TurnAsync,
                new GrainTimerCreationOptions(TimeSpan.Zero, settings.Value.Turn) { KeepAlive = true });
        }
    }

    private async Task TurnAsync(CancellationToken cancellation)
    {
        try
        {
            await NoticeAsync();
            await AskAsync();
            await StopAskingAsync();
            if (await TakeAsync())
            {
                await NoticeAsync();
            }

            Tell();
        }
        catch (Exception failed)
        {
            // Storage or another grain: what was stored is true, and the next turn tries again.
            TurnFailed(logger, failed, _rollout, _domain);
        }
    }

    // Begins what has a permit, and hears how it ended: the same question for a host.
    private async Task NoticeAsync()
    {
        long now = clock.GetTimestamp();
        HostProgress[] due = [.. Board.Updating.Where(host => IsDue(host.Host.Id, now))];
        if (due.Length == 0)
        {
            return;
        }

        UpdateReport[] reports = await Task.WhenAll(due.Select(host => UpdateAsync(host, now)));
        Board.Begin();
        bool isChanged = false;
        IFailureDomainGrain domain = GrainFactory.GetGrain<IFailureDomainGrain>(_domain);
        for (int i = 0; i < due.Length; i++)
        {
            UpdateOrder order = Board.OrderOf(due[i]);
            if (reports[i].Refused is { } why)
            {
                await domain.WithdrawAsync(order);
                Board.Block(due[i], why);
                isChanged = true;
            }
            else if (reports[i].Outcome is { } outcome)
            {
                // First there: asked again, it answers again, and a permit is never forgotten.
                EventReference ended = new(FleetEvent.HostPrefix + order.Host, reports[i].Ended);
                await domain.ReturnAsync(order, outcome, ended);
                isChanged |= Board.End(order, outcome, ended.Sequence, reports[i].Why);
            }
        }

        if (isChanged)
        {
            await StoreAsync();
        }
    }

    // One host that cannot be reached does not hold up the others.
    private async Task<UpdateReport> UpdateAsync(HostProgress host, long now)
    {
        _askedAt[host.Host.Id] = now;
        try
        {
            return await GrainFactory.GetGrain<IHostGrain>(host.Host.Id).UpdateAsync(new UpdateRequest(
                Board.OrderOf(host),
                new EventReference(FleetEvent.DomainPrefix + _domain, host.Permit),
                host.Needed));
        }
        catch (Exception failed)
        {
            HostUnreached(logger, failed, host.Host.Id);
            return UpdateReport.Running;
        }
    }

    private bool IsDue(string host, long now) => !_askedAt.TryGetValue(host, out long asked)
        || clock.GetElapsedTime(asked, now) >= settings.Value.AskAgain;

    private async Task AskAsync()
    {
        int room = state.State.CountMax - Board.Asking.Count() - Board.Updating.Count();
        ImmutableArray<HostProgress> next = room > 0 ? Board.Next(room) : [];
        if (next.IsEmpty)
        {
            return;
        }

        (string? Why, ImmutableArray<EventReference> Needed)[] found =
            await Task.WhenAll(next.Select(host => NeedsAsync(host.Host)));
        EventReference heard = new(FleetEvent.RolloutPrefix + _rollout, state.State.Heard);
        Board.Begin();
        for (int i = 0; i < next.Length; i++)
        {
            if (found[i].Why is { } why)
            {
                Board.Block(next[i], why);
            }
            else
            {
                RolloutBoard.Ask(next[i], [.. found[i].Needed, heard]);
            }
        }

        await StoreAsync();
    }

    private async Task<(string? Why, ImmutableArray<EventReference> Needed)> NeedsAsync(FleetHost host)
    {
        HostStanding standing = await GrainFactory.GetGrain<IHostGrain>(host.Id).StandingAsync();
        if (!standing.IsReady)
        {
            return (HostGrain.WhyNot(standing), []);
        }

        ImmutableArray<EventReference>.Builder needed =
            ImmutableArray.CreateBuilder<EventReference>(host.Needs.Length);
        foreach (string need in host.Needs)
        {
            UpdateReport? end = await GrainFactory.GetGrain<IHostGrain>(need).EndAsync(_rollout);
            if (end is not { Outcome: UpdateOutcome.Done })
            {
                return ($"'{need}', which it needs, is not updated", []);
            }

            needed.Add(new EventReference(FleetEvent.HostPrefix + need, end.Ended));
        }

        return (null, needed.MoveToImmutable());
    }

    // A node may have been lost between the domain's answer and here: then the permit is given already.
    private async Task StopAskingAsync()
    {
        HostProgress[] left = state.State.Board.Status == RolloutStatus.Aborted
            ? [.. Board.Asking, .. Board.Waiting]
            : [];
        if (left.Length == 0)
        {
            return;
        }

        IFailureDomainGrain domain = GrainFactory.GetGrain<IFailureDomainGrain>(_domain);
        Board.Begin();
        foreach (HostProgress host in left)
        {
            if (host.Stage == HostStage.Asking)
            {
                await domain.WithdrawAsync(Board.OrderOf(host));
            }

            Board.Block(host, "the roll-out was aborted");
        }

        await StoreAsync();
    }

    private async Task<bool> TakeAsync()
    {
        HostProgress[] asking = state.State.Board.Status == RolloutStatus.Running ? [.. Board.Asking] : [];
        if (asking.Length == 0)
        {
            return false;
        }

        ImmutableArray<PermitReply> replies = await TakeAsync([.. asking.Select(Board.OrderOf)]);
        Board.Begin();
        bool isChanged = false;
        for (int i = 0; i < asking.Length; i++)
        {
            _answers[asking[i].Host.Id] = replies[i].Answer;
            if (replies[i].Answer == PermitAnswer.Granted)
            {
                RolloutBoard.Go(asking[i], replies[i].Given);
                isChanged = true;
            }
        }

        if (isChanged)
        {
            await StoreAsync();
        }

        return isChanged;
    }

    private async Task<ImmutableArray<PermitReply>> TakeAsync(ImmutableArray<UpdateOrder> orders)
    {
        IFailureDomainGrain domain = GrainFactory.GetGrain<IFailureDomainGrain>(_domain);
        PermitReplies replies = await domain.TakeAsync(orders, _domainSeen);
        if (replies.Each.Any(static reply => reply.Answer == PermitAnswer.Outdated))
        {
            replies = await domain.TakeAsync(orders, replies.Sequence);
        }

        _domainSeen = replies.Sequence;
        return replies.Each;
    }

    private void Tell()
    {
        ImmutableArray<WaveCounts> counts = Board.Count();
        if (!counts.SequenceEqual(_told) || clock.GetElapsedTime(_toldAt) >= settings.Value.TellAgain)
        {
            _told = counts;
            _toldAt = clock.GetTimestamp();
            _ = GrainFactory.GetGrain<IRolloutGrain>(_rollout).TellAsync(_domain, counts);
        }
    }

    private Task StoreAsync() => StoredEvents.StoreAsync(this, state, state.State.Board.Events, log);

    [LoggerMessage(2, LogLevel.Warning, "Host {Host} does not answer; it is asked again.")]
    private static partial void HostUnreached(ILogger logger, Exception error, string host);

    [LoggerMessage(1, LogLevel.Warning, "Roll-out {Rollout} could not go on in {Domain}; it tries again.")]
    private static partial void TurnFailed(ILogger logger, Exception error, string rollout, string domain);
}
