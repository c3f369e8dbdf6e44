using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Keeps the <see cref="PermitBook"/> of one failure domain.</summary>
internal sealed class FailureDomainGrain(
    [PersistentState("domain")] IPersistentState<PermitBookState> state,
    IFleetEventLog log,
    FleetTelemetry telemetry,
    TimeProvider clock) : Grain, IFailureDomainGrain
{
    private PermitBook? _book;

    private PermitBook Book => _book ??= new PermitBook(this.GetPrimaryKeyString(), state.State, clock);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Append(state.State.Events.Last);
        _ = Book;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<PermitReplies> TakeAsync(ImmutableArray<UpdateOrder> orders, long seen)
    {
        Book.Begin();
        Book.EndSettling();
        bool isUpToDate = seen == state.State.Events.Sequence;
        ImmutableArray<PermitReply>.Builder replies =
            ImmutableArray.CreateBuilder<PermitReply>(orders.Length);
        foreach (UpdateOrder order in orders)
        {
            PermitAnswer answer = isUpToDate
                ? Book.Take(order, out long given)
                : Book.TakeAgain(order, out given);
            replies.Add(new PermitReply(answer, given));
        }

        await StoreAsync();
        telemetry.CountPermits(state.State.Events.Last);
        return new PermitReplies(replies.MoveToImmutable(), state.State.Events.Sequence);
    }

    /// <inheritdoc/>
    public Task ReturnAsync(UpdateOrder order, UpdateOutcome outcome, EventReference ended)
    {
        Book.Begin();
        Book.Return(order, outcome, ended);
        return StoreAsync();
    }

    /// <inheritdoc/>
    public Task WithdrawAsync(UpdateOrder order)
    {
        Book.Begin();
        Book.Withdraw(order);
        return StoreAsync();
    }

    /// <inheritdoc/>
    public Task AllowAsync(DomainPolicy policy)
    {
        Book.Begin();
        Book.Allow(policy);
        return StoreAsync();
    }

    /// <inheritdoc/>
    public async Task<bool> RepairAsync(string host)
    {
        Book.Begin();
        bool isDone = Book.Repair(host);
        await StoreAsync();
        return isDone;
    }

    /// <inheritdoc/>
    public async Task ResumeAsync()
    {
        Book.Begin();
        if (Book.Resume())
        {
            await StoredEvents.StoreAsync(this, state, state.State.Events, log);
        }
    }

    /// <inheritdoc/>
    public async Task<DomainStanding> StandingAsync()
    {
        Book.Begin();
        Book.EndSettling();
        await StoreAsync();
        return new DomainStanding(
            state.State.Policy, [.. state.State.Away], state.State.FailureCount, Book.IsHalted);
    }

    // Every change that counts has an event.
    private Task StoreAsync() => state.State.Events.Last.Count == 0
        ? Task.CompletedTask
        : StoredEvents.StoreAsync(this, state, state.State.Events, log);
}
