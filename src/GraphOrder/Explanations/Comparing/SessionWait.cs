using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>One session has to be finished before another. Immutable.</summary>
/// <param name="Waiting">The session that waits.</param>
/// <param name="First">The session that has to be finished first.</param>
/// <param name="Witness">
/// The first dependency that says so; where it needs an object that the kernel moves, that one needs on.
/// </param>
public readonly record struct SessionWait(SessionId Waiting, SessionId First, Dependency Witness);

/// <summary>How long a model makes something wait at finish. Immutable.</summary>
/// <param name="Unit">
/// What waits: a session for whole sessions, an object for objects, or everything for everything.
/// </param>
/// <param name="LongestCount">
/// How many such units are finished one after another before the last of the longest chain; for everything,
/// how many sessions each session waits for.
/// </param>
/// <param name="Chain">
/// The sessions of a longest chain in finish order; empty where nothing waits or objects do.
/// </param>
public sealed record FinishWait(StepUnit Unit, int LongestCount, ImmutableArray<SessionId> Chain);
