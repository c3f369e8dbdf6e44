namespace GraphOrder.Orleans;

/// <summary>An event of another grain, on which one rests. Immutable.</summary>
/// <param name="Grain">Whose.</param>
/// <param name="Sequence">Its number there.</param>
[GenerateSerializer]
[Immutable]
public readonly record struct EventReference(string Grain, long Sequence);
