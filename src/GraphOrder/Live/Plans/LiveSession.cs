namespace GraphOrder;

/// <summary>Where a session stands in the orders of whole sessions.</summary>
/// <param name="Session">Its id in the live graph.</param>
/// <param name="Place">Its place in the document.</param>
/// <param name="Ranks">Its rank in each of <see cref="KernelPair.NamedOrders"/>.</param>
internal sealed record LiveSession(int Session, long Place, StepRank[] Ranks);
