using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A session that cannot be finished now, or closed in the old kernel, and why. Immutable.</summary>
/// <param name="Session">The session.</param>
/// <param name="By">
/// What still needs one of its objects: for each file that does, and each object that it needs, the first in
/// document order.
/// </param>
/// <param name="Untouched">Its files that would be discarded, since they cannot be retrieved.</param>
/// <param name="Busy">Its files for whose sake the kernel refuses the call (EBUSY).</param>
public sealed record PinnedSession(
    SessionId Session,
    ImmutableArray<UnmetDependency> By,
    ImmutableArray<ObjectId> Untouched,
    ImmutableArray<ObjectId> Busy);
