namespace GraphOrder.Orleans;

/// <summary>
/// That a host is to be updated: in which roll-out, and the how manieth time there. Whoever is given the same
/// order twice does it once. Immutable.
/// </summary>
/// <param name="Host">The host.</param>
/// <param name="Rollout">The roll-out.</param>
/// <param name="Attempt">From 1 up.</param>
[GenerateSerializer]
[Immutable]
public readonly record struct UpdateOrder(string Host, string Rollout, int Attempt);
