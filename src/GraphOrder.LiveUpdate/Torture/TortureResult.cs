namespace GraphOrder.LiveUpdate;

/// <summary>What random calls found.</summary>
/// <param name="RoundCount">Sequences that ran.</param>
/// <param name="CallCount">Calls made in each of the two processes; those for shrinking count too.</param>
/// <param name="Finding">The difference; null where there is none, and then all sequences ran.</param>
public sealed record TortureResult(int RoundCount, long CallCount, TortureFinding? Finding);
