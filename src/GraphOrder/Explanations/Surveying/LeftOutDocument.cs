namespace GraphOrder;

/// <summary>A document of another kind than a session set: it speaks of no host. Immutable.</summary>
/// <param name="Name">What the caller calls it.</param>
/// <param name="Schema">Its schema: <c>graphorder/plan/1</c>.</param>
public sealed record LeftOutDocument(string Name, string Schema);
