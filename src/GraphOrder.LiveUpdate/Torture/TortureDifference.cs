namespace GraphOrder.LiveUpdate;

/// <summary>The call at which two processes answered differently, and those that lead there.</summary>
/// <param name="Calls">The sequence up to it.</param>
/// <param name="First">What the first one answered.</param>
/// <param name="Second">What the second one did.</param>
internal sealed record TortureDifference(
    IReadOnlyList<TortureCall> Calls, TortureAnswer First, TortureAnswer Second);
