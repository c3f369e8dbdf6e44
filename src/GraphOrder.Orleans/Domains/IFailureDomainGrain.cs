using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// A failure domain: it hands out permits, for all roll-outs together. The key is its name. Every call may
/// come twice.
/// </summary>
public interface IFailureDomainGrain : IGrainWithStringKey
{
    /// <summary>Asks for permits; those that are given are stored before it answers.</summary>
    /// <returns>An answer for each order, in their order.</returns>
    Task<ImmutableArray<PermitReply>> TakeAsync(ImmutableArray<UpdateOrder> orders);

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
