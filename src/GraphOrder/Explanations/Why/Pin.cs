using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Something that must finish before or after what was asked about. Immutable.</summary>
/// <param name="Name">An id, or <c>session:NAME</c>.</param>
/// <param name="IsSession">Whether it is a session that finishes as a whole.</param>
/// <param name="Chain">
/// A shortest chain of dependencies between the two, in the direction in which finish runs.
/// </param>
public sealed record Pin(string Name, bool IsSession, ImmutableArray<CycleStep> Chain);
