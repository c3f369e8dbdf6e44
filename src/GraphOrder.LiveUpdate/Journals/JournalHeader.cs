namespace GraphOrder.LiveUpdate;

/// <summary>What the first record of a journal says. Immutable.</summary>
/// <param name="Id">What tells this update from any other.</param>
/// <param name="Custody">Who holds the sessions at the reboot call.</param>
/// <param name="Model">The lifecycle models, <c>OLD:NEW</c> or one for both.</param>
/// <param name="Kernel">The kernel that it began in.</param>
public sealed record JournalHeader(string Id, CustodyKind Custody, string Model, KernelIdentity Kernel)
{
    /// <summary>The custody as documents and command lines write it.</summary>
    public string CustodyName => Custody.Name();
}
