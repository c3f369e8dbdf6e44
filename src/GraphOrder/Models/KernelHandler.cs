namespace GraphOrder;

/// <summary>What a kernel does when it is asked to preserve a kind. Immutable.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Compatible">The compatible string that goes into the hand-over.</param>
/// <param name="Source">Where that is read.</param>
public sealed record KernelHandler(ObjectKind Kind, string Compatible, string Source);
