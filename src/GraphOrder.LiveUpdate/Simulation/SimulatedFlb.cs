namespace GraphOrder.LiveUpdate;

/// <summary>Global state of a subsystem that travels when one of its files does (a file-lifecycle-bound
/// object).
/// </summary>
/// <param name="Name">Its name in the hand-over.</param>
/// <param name="Handlers">The kinds of file that it is bound to.</param>
/// <param name="IsRetrievedAtBoot">
/// Whether its subsystem asks for it before the first open of the device. Where nobody asks, its count stays
/// at 0 and its finish never comes (kernel/liveupdate/luo_flb.c).
/// </param>
public sealed record SimulatedFlb(
    string Name, IReadOnlyCollection<ObjectKind> Handlers, bool IsRetrievedAtBoot = true);
