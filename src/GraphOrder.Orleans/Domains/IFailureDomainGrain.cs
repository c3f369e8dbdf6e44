using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// A failure domain: it hands out permits, for all roll-outs together. The key is its name. Every call may
/// come twice; what somebody says (<see cref="AllowAsync"/>, <see cref="RepairAsync"/>,
/// <see cref="ResumeAsync"/>) is said anew where something else has happened in between.
/// </summary>
public interface IFailureDomainGrain : IGrainWithStringKey
{
    /// <summary>Asks for permits; those that are given are stored before it answers.</summary>
    /// <param name="orders">What for.</param>
    /// <param name="seen">
    /// The number of the domain's last event that whoever asks has heard of. A question that comes again when
    /// its permits are given back by now knows too little and gets none.
    /// </param>
    Task<PermitReplies> TakeAsync(ImmutableArray<UpdateOrder> orders, long seen);

    /// <summary>Gives a permit back behind the end of its update.</summary>
    Task ReturnAsync(UpdateOrder order, UpdateOutcome outcome, EventReference ended);

    /// <summary>Gives back a permit whose update never began.</summary>
    Task WithdrawAsync(UpdateOrder order);

    /// <summary>Changes what the domain allows.</summary>
    Task AllowAsync(DomainPolicy policy);

    /// <summary>Somebody has repaired a host that failed.</summary>
    /// <returns>False where it had not failed.</returns>
    Task<bool> RepairAsync(string host);

    /// <summary>Somebody has looked at the failures; they count no longer.</summary>
    Task ResumeAsync();

    /// <summary>Who is away, and what it allows.</summary>
    Task<DomainStanding> StandingAsync();
}
