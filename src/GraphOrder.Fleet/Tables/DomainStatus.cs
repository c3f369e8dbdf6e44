using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>How a failure domain stands. Immutable.</summary>
/// <param name="Name">Which.</param>
/// <param name="Hosts">Its hosts.</param>
/// <param name="Standing">Who of them is away.</param>
internal sealed record DomainStatus(string Name, InventoryCounts Hosts, DomainStanding Standing)
{
    /// <summary>Those that failed and are not repaired.</summary>
    public IEnumerable<Permit> Failed =>
        Standing.Away.Where(static permit => permit.Status == PermitStatus.Failed);

    /// <summary>How many these are.</summary>
    public int FailedCount => Failed.Count();
}
