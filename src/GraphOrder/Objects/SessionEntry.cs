using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>One session of a set. Immutable.</summary>
/// <param name="Name">The kernel's name for it.</param>
public sealed record SessionEntry(SessionName Name)
{
    /// <summary>Whether the kernel has it already; then its place in the creation order is fixed.</summary>
    public bool Created { get; init; }

    /// <summary>
    /// The files that the kernel has preserved in it already, in that order; they come first.
    /// </summary>
    public ImmutableArray<ObjectId> Preserved { get; init; } = [];

    /// <summary>Between which acts its guest is paused; null where the set does not say.</summary>
    public BlackoutActs? Blackout { get; init; }

    /// <summary>Where the set says it.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Whether a document says <c>created</c>, be it true or false.</summary>
    internal bool SaysCreated { get; init; }

    /// <summary>Whether a document says <c>preserved</c>, be it empty or not.</summary>
    internal bool SaysPreserved { get; init; }
}
