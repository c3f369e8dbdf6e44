namespace GraphOrder.LiveUpdate;

/// <summary>An error that a simulated handler answers.</summary>
/// <param name="Phase">
/// Preserve, freeze, retrieve, or finish, where the file says that it cannot finish yet. The kernel's
/// handlers cannot fail in unfreeze and unpreserve.
/// </param>
/// <param name="Session">The session.</param>
/// <param name="Token">The file's token in it.</param>
/// <param name="Error">What it answers. In finish the session's answer is EBUSY, whatever this is.</param>
/// <param name="Times">How often; the calls after that succeed. A failed retrieve is kept for good.</param>
public sealed record SimulatedFault(
    Phase Phase, string Session, ulong Token, Errno Error, int Times = int.MaxValue);
