using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GraphOrder.Orleans;

/// <summary>Keeps one host.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed of when the grain is deactivated.")]
internal sealed partial class HostGrain(
    [PersistentState("host")] IPersistentState<HostState> state,
    IFleetEventLog log,
    IHostUpdater updater,
    FleetTelemetry telemetry,
    ILogger<HostGrain> logger) : Grain, IHostGrain, IHostEndGrain
{
    private readonly CancellationTokenSource _going = new();

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Append(state.State.Events.Last);
        if (state.State.Update is { Outcome: null } begun)
        {
            Run(begun);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(
        DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _going.CancelAsync();
        _going.Dispose();
    }

    /// <inheritdoc/>
    public async Task<HostStanding> DeclareAsync(byte[] document)
    {
        HostState now = state.State;
        if (now.Standing.Input is not null && document.AsSpan().SequenceEqual(now.Set))
        {
            await RefuseAsync(null);
            return now.Standing;
        }

        PlannedHost planned;
        try
        {
            planned = await GrainFactory.GetGrain<IPlannerGrain>(0).PlanAsync(Name, document);
        }
        catch (HostDocumentException malformed) when (malformed.OtherSchema is null)
        {
            await RefuseAsync(new HostStanding { Codes = ["malformed"], Why = malformed.Message });
            throw;
        }

        if (now.Standing.IsReady && !planned.Standing.IsReady)
        {
            await RefuseAsync(planned.Standing);
            return planned.Standing;
        }

        now.Refused = null;
        now.Set = document;
        now.Plan = planned.Plan;
        now.Standing = planned.Standing;
        now.Events.Begin();
        Add(FleetEventKind.HostPlanned, null);
        await StoredEvents.StoreAsync(this, state, now.Events, log);
        return planned.Standing;
    }

    /// <inheritdoc/>
    public Task<HostStanding> StandingAsync() => Task.FromResult(state.State.Standing);

    /// <inheritdoc/>
    public Task<byte[]> PlanAsync() => Task.FromResult(state.State.Plan);

    /// <inheritdoc/>
    public async Task<UpdateReport> UpdateAsync(UpdateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        HostState now = state.State;
        if (now.Find(request.Order) is { } known)
        {
            return known.Report;
        }

        if (WhyNotNow() is { } why)
        {
            // Kept, since whoever hears it gives the permit back: the same order must never begin.
            now.Keep(new HostUpdate(request.Order, request.Domain, null, 0) { Refused = why });
            now.Events.Begin();
            await this.StoreAsync(state);
            return UpdateReport.No(why);
        }

        if (now.Update is { } before)
        {
            now.Keep(before);
        }

        now.Update = new HostUpdate(request.Order, request.Domain, null, 0);
        now.Events.Begin();
        now.Events.Add(new FleetEvent(Grain, FleetEventKind.UpdateBegun)
        {
            Order = request.Order,
            Input = now.Standing.Input,
            After = [request.Permit, .. request.Needed],
        });
        await StoredEvents.StoreAsync(this, state, now.Events, log);
        Run(now.Update);
        return UpdateReport.Running;
    }

    /// <inheritdoc/>
    public Task<UpdateReport?> EndAsync(string rollout)
    {
        HostState now = state.State;
        HostUpdate? last = now.Update?.Order.Rollout == rollout
            ? now.Update
            : now.Past.FindLast(past => past.Order.Rollout == rollout && past.Outcome is not null);
        return Task.FromResult(last is { Outcome: not null } ? last.Report : null);
    }

    /// <inheritdoc/>
    public async Task EndUpdateAsync(UpdateOrder order, UpdateResult result)
    {
        HostState now = state.State;
        if (now.Update is not { Outcome: null } begun || begun.Order != order)
        {
            return;
        }

        now.Events.Begin();
        now.Events.Add(new FleetEvent(Grain, FleetEventKind.UpdateEnded)
        {
            Order = begun.Order,
            Outcome = result.Outcome,
            Why = result.Why.Length > 0 ? result.Why : null,
        });
        now.Update = begun with
        {
            Outcome = result.Outcome,
            Ended = now.Events.Sequence,
            Why = result.Why,
        };
        await StoredEvents.StoreAsync(this, state, now.Events, log);
        telemetry.CountUpdate(result.Outcome);
        await GrainFactory.GetGrain<IRolloutPartGrain>($"{begun.Order.Rollout}/{begun.Domain}")
            .EndedAsync(begun.Order);
    }

    /// <summary>Why a host that stands so is not updated.</summary>
    internal static string WhyNot(HostStanding standing) => standing.Codes.IsEmpty
        ? "no set of it was declared"
        : $"it cannot be updated ({string.Join(", ", standing.Codes)})";

    private string? WhyNotNow() => state.State switch
    {
        { Update: { Outcome: null } runs } =>
            $"roll-out '{runs.Order.Rollout}' updates it (attempt {runs.Order.Attempt})",
        _ when updater is AbsentUpdater => AbsentUpdater.Why,
        { Refused: { IsReady: false } refused } => WhyNot(refused),
        { Refused: null, Standing: { IsReady: false } standing } => WhyNot(standing),
        _ => null,
    };

    private string Grain => FleetEvent.HostPrefix + Name;

    // What was declared last stands, or what was refused: a host is not updated by a plan that it has
    // outgrown.
    private Task RefuseAsync(HostStanding? refused)
    {
        if (state.State.Refused == refused)
        {
            return Task.CompletedTask;
        }

        state.State.Refused = refused;
        state.State.Events.Begin();
        return this.StoreAsync(state);
    }

    // Beside the requests, on the grain's own scheduler.
    private void Run(HostUpdate begun) => _ = RunAsync(begun);

    private async Task RunAsync(HostUpdate begun)
    {
        UpdateResult result;
        try
        {
            result = await updater.UpdateAsync(begun.Order, state.State.Plan, _going.Token);
        }
        catch (OperationCanceledException) when (_going.IsCancellationRequested)
        {
            return;
        }
        catch (Exception defect)
        {
            // Whatever it was, nobody knows that the host runs: that is what a failure says.
            UpdaterFailed(logger, defect, Name);
            result = UpdateResult.Failed(defect.Message.TrimEnd('.'));
        }

        try
        {
            await this.AsReference<IHostEndGrain>().EndUpdateAsync(begun.Order, result);
        }
        catch (Exception unstored)
        {
            // The grain ends; the part of the roll-out asks again, and the updater answers again.
            NotStored(logger, unstored, Name);
        }
    }

    private void Add(FleetEventKind kind, UpdateOrder? order) =>
        state.State.Events.Add(new FleetEvent(Grain, kind)
        {
            Order = order,
            Input = state.State.Standing.Input,
            IsLegal = state.State.Standing.IsReady,
        });

    [LoggerMessage(1, LogLevel.Error, "The updater of host {Host} failed; its update counts as failed.")]
    private static partial void UpdaterFailed(ILogger logger, Exception error, string host);

    [LoggerMessage(2, LogLevel.Warning, "The end of the update of host {Host} is not stored yet.")]
    private static partial void NotStored(ILogger logger, Exception error, string host);
}
