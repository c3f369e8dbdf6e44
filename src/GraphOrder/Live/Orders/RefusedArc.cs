namespace GraphOrder;

/// <summary>An arc that would have closed a cycle in a named order.</summary>
/// <param name="Order">The number of the order.</param>
/// <param name="First">The vertex that was to go first.</param>
/// <param name="Then">The vertex that was to go after it.</param>
internal readonly record struct RefusedArc(int Order, int First, int Then);
