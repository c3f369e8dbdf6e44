using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Who holds which session. The kernel has no call that lists sessions; descriptors can be seen.
/// </summary>
public interface ISessionHolders
{
    /// <summary>Every descriptor of a session that can be seen, by process and descriptor.</summary>
    ImmutableArray<HeldSession> Find();

    /// <summary>Takes a copy of such a descriptor into this process.</summary>
    CallResult Take(HeldSession held);
}
