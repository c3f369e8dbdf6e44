namespace GraphOrder;

/// <summary>What tells two models apart in one direction. Immutable.</summary>
/// <param name="Legal">The model, or the push gate, that takes the set.</param>
/// <param name="Illegal">The model, or the push gate, that refuses it.</param>
/// <param name="Smallest">
/// The smallest set that the first takes and the second refuses; null where there is none of at most
/// <see cref="ModelDifferences.ObjectsMax"/> objects and <see cref="ModelDifferences.SessionsMax"/> sessions.
/// </param>
public sealed record ModelDifference(string Legal, string Illegal, SessionSet? Smallest);
